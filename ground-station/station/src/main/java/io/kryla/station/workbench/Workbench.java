package io.kryla.station.workbench;

import io.kryla.airframe.provisioning.ProvisioningClient;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.hil.sensors.SensorFaults;
import io.kryla.keys.KrylaException;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.outcome.CommandFailure;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Slots that are busy at once, each with a simulated airframe that connects to the line service as a real one does, and one
 * operator who is signed on for all of them. A line service that is away is waited for: the unit is held and goes on where it
 * stood.
 */
public final class Workbench {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /**
     * What a bench is asked for.
     *
     * @param boards folder of its simulated boards
     * @param firmware image that is flashed
     * @param units to bear altogether; the bench ends with them
     * @param patience how long a line service may be away before a slot gives up
     */
    public record Order(Path boards, X509Certificate root, Path firmware, int slots, int units, Duration patience) {}

    /** Time, chance and waiting, which a bench takes from outside. */
    public record Surroundings(
            InstantSource clock, LongSupplier monotonicNanos, SecureRandom random, Interruptible interruptible) {}

    /** Whoever ends the bench early, such as a person at the keyboard. */
    public interface Interruptible {
        boolean asked();

        /** Waits so long, or until it is asked to end. */
        void await(Duration longest);
    }

    /** @param nanos from plugging in to the stored birth, waiting for the line included */
    public record BornUnit(int slot, String serial, long nanos) {}

    /** What came of an order; units that were cut short by an interruption are in neither list. */
    public record Result(List<BornUnit> born, List<ProvisioningOutcome.Refused> refused) {
        public Result {
            born = List.copyOf(born);
            refused = List.copyOf(refused);
        }
    }

    private final Order order;
    private final Surroundings surroundings;
    private final SlotWatch watch;
    private final OperatorSession operator;
    private final AtomicInteger left;
    private final List<BornUnit> born = new ArrayList<>();
    private final List<ProvisioningOutcome.Refused> refused = new ArrayList<>();

    private Workbench(Order order, OperatorSession operator, Surroundings surroundings, SlotWatch watch) {
        this.order = order;
        this.surroundings = surroundings;
        this.watch = watch;
        this.operator = operator;
        this.left = new AtomicInteger(order.units());
    }

    /**
     * Works until the order is done, every slot was refused, or the bench is interrupted. Blocks.
     *
     * @param operator signed on or not; closed by the caller
     * @throws KrylaException what a slot could not go on from, such as UNREACHABLE after the bench's patience
     */
    public static Result work(Order order, OperatorSession operator, Surroundings surroundings, SlotWatch watch) {
        return new Workbench(order, operator, surroundings, watch).work();
    }

    private Result work() {
        ExecutorService threads = Executors.newFixedThreadPool(order.slots());
        try {
            List<Future<?>> slots = new ArrayList<>();
            for (int slot = 1; slot <= order.slots(); slot++) {
                int number = slot;
                slots.add(threads.submit(() -> busy(number)));
            }
            slots.forEach(Workbench::join);
        } finally {
            threads.shutdown();
        }
        synchronized (born) {
            return new Result(born, refused);
        }
    }

    /** One unit after the other; a refused one stays in its slot, which is idle until the next start. */
    private void busy(int slot) {
        while (!surroundings.interruptible().asked() && left.getAndDecrement() > 0) {
            watch.onPluggedIn(slot);
            long start = surroundings.monotonicNanos().getAsLong();
            Optional<ProvisioningOutcome> outcome = provision(slot);
            if (outcome.isEmpty()) {
                return;
            }
            if (outcome.get() instanceof ProvisioningOutcome.Refused no) {
                synchronized (born) {
                    refused.add(no);
                }
                watch.onRefused(slot, no);
                return;
            }
            ProvisioningOutcome.Born done = (ProvisioningOutcome.Born) outcome.get();
            BornUnit unit = new BornUnit(
                    slot, done.serial(), surroundings.monotonicNanos().getAsLong() - start);
            synchronized (born) {
                born.add(unit);
            }
            watch.onBorn(unit);
        }
    }

    /** Goes on until the line has an answer; empty when interrupted before. */
    private Optional<ProvisioningOutcome> provision(int slot) {
        long since = surroundings.monotonicNanos().getAsLong();
        Duration pause = FIRST_PAUSE;
        while (!surroundings.interruptible().asked()) {
            KrylaException why;
            try {
                ProvisioningOutcome outcome = attempt(slot);
                if (!(outcome instanceof ProvisioningOutcome.Refused no) || !isOfTheSession(no)) {
                    return Optional.of(outcome);
                }
                why = new KrylaException(no.code(), no.detail(), true);
            } catch (KrylaException e) {
                why = e;
            }
            long away = surroundings.monotonicNanos().getAsLong() - since;
            if (!why.retryable() || away > order.patience().toNanos()) {
                throw why;
            }
            watch.onHeld(slot, why);
            surroundings.interruptible().await(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
        return Optional.empty();
    }

    /** The session broke off under the unit: not the unit's fault. */
    private boolean isOfTheSession(ProvisioningOutcome.Refused no) {
        return operator.isEnded()
                && (no.code().equals(RefusalCodes.BENCH_FAILED) || no.code().equals(RefusalCodes.NOT_STARTED));
    }

    private ProvisioningOutcome attempt(int slot) {
        String design = operator.signedOn().designOid();
        SimulatedBoard board = new BoardRack(order.boards(), design, order.root(), surroundings.random()).next(slot);
        ProvisioningClient client = ProvisioningClient.of(
                board.forProvisioning(order.firmware(), SensorFaults.none(), surroundings.clock()));
        try (OperatorSession.Seat seat = operator.seat(slot, board)) {
            return client.provision(seat.line());
        }
    }

    private static void join(Future<?> slot) {
        try {
            slot.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KrylaException broken) {
                throw broken;
            }
            if (e.getCause() instanceof CommandFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("a slot of the bench failed", e.getCause());
        }
    }
}
