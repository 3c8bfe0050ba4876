package io.kryla.factory.bench;

import io.kryla.factory.provisioning.BenchAnswer;
import io.kryla.factory.provisioning.BenchTask;
import io.kryla.factory.provisioning.ProvisioningEvent;
import io.kryla.factory.provisioning.Workbench;
import io.kryla.keys.Digest;
import java.util.function.Consumer;

/** An airframe that an operator has started at a bench. */
record StartedUnit(BenchConversation bench, Digest hardwareIdSha256, String operatorCardId) implements Workbench {
    @Override
    public void ask(BenchTask task, Consumer<BenchAnswer> answer) {
        bench.ask(hardwareIdSha256, task, answer);
    }

    @Override
    public void on(ProvisioningEvent event) {
        bench.tell(hardwareIdSha256, event);
        if (event instanceof ProvisioningEvent.UnitBorn) {
            bench.door().born(this);
        }
    }

    boolean isAt(BenchConversation other) {
        return bench == other;
    }

    boolean isOf(StartedUnit other) {
        return bench == other.bench;
    }
}
