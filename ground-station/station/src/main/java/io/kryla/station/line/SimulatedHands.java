package io.kryla.station.line;

import io.kryla.factory.provisioning.BenchAnswer;
import io.kryla.factory.provisioning.BenchTask;
import io.kryla.factory.provisioning.Workbench;
import io.kryla.station.bench.SimulatedBoard;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whoever stands at the bench of a demonstration: holds the simulated board as asked, at once. */
final class SimulatedHands implements Workbench {
    private final Workbench unattended;
    private final Supplier<@Nullable SimulatedBoard> onBench;

    SimulatedHands(String operatorCardId, Supplier<@Nullable SimulatedBoard> onBench) {
        this.unattended = Workbench.unattended(operatorCardId);
        this.onBench = onBench;
    }

    @Override
    public String operatorCardId() {
        return unattended.operatorCardId();
    }

    @Override
    public void ask(BenchTask task, Consumer<BenchAnswer> answer) {
        SimulatedBoard board = onBench.get();
        if (board == null) {
            answer.accept(new BenchAnswer.Failed("BENCH_FAILED", "no board lies on the bench"));
            return;
        }
        if (task instanceof BenchTask.Hold hold) {
            board.hold(hold.pose());
        }
        unattended.ask(task, answer);
    }
}
