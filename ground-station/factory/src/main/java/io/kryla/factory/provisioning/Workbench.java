package io.kryla.factory.provisioning;

import java.util.function.Consumer;

/** The bench at which an airframe is provisioned, as the line sees it. */
public interface Workbench {
    /** Card of whoever started the airframe; recorded with what it leads to. */
    String operatorCardId();

    /** Has a task done. The answer comes once, from any thread; at once if nobody has to do anything. */
    void ask(BenchTask task, Consumer<BenchAnswer> answer);

    /** Hears what happens to the airframe. Must not wait for anything. */
    default void on(ProvisioningEvent event) {}

    /** Everything is done by itself, as at a bench of a demonstration: nothing is flashed from outside, labels are not printed. */
    static Workbench unattended(String operatorCardId) {
        return new Workbench() {
            @Override
            public String operatorCardId() {
                return operatorCardId;
            }

            @Override
            public void ask(BenchTask task, Consumer<BenchAnswer> answer) {
                String result = task instanceof BenchTask.Label label ? label.text() : "";
                answer.accept(new BenchAnswer.Done(operatorCardId, result, java.util.Optional.empty()));
            }
        };
    }
}
