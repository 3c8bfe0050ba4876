package io.kryla.station.workbench;

import io.kryla.factory.bench.BenchSession;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.keys.Signer;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.v1.BenchTask;
import io.kryla.v1.UnitNews;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An operator's standing with the line service: signs on with the badge when it is first needed and again after the session
 * broke off, starts the airframes of the slots, and has done what the line asks for. Safe for any thread.
 */
public final class OperatorSession implements AutoCloseable {
    /** Who the operator is, and for whom. */
    public record Standing(
            InetSocketAddress line, X509Certificate root, Signer badgeKey, Role role, InstantSource clock) {}

    private record Occupied(int slot, SimulatedBoard board) {}

    private final Standing standing;
    private final TaskHands hands;
    private final SlotWatch watch;
    private final Map<Digest, Occupied> slots = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kryla-bench-hands");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable BenchSession session;

    public OperatorSession(Standing standing, TaskHands hands, SlotWatch watch) {
        this.standing = standing;
        this.hands = hands;
        this.watch = watch;
    }

    /**
     * The session; a new one if the last has ended.
     *
     * @throws KrylaException as {@link BenchSession#open} does
     */
    public synchronized BenchSession signedOn() {
        BenchSession open = session;
        if (open == null || open.isEnded()) {
            open = BenchSession.open(
                    standing.line(),
                    standing.root(),
                    standing.badgeKey(),
                    standing.role(),
                    standing.clock(),
                    new Ears());
            session = open;
        }
        return open;
    }

    /** Whether the last session broke off. */
    synchronized boolean isEnded() {
        return session == null || session.isEnded();
    }

    /** Puts a board into a slot and starts it at the line. */
    Seat seat(int slot, SimulatedBoard board) {
        Digest hardware = board.hardwareIdSha256();
        slots.put(hardware, new Occupied(slot, board));
        try {
            signedOn().start(hardware);
        } catch (RuntimeException e) {
            slots.remove(hardware);
            throw e;
        }
        return new Seat(standing.line(), () -> slots.remove(hardware));
    }

    /** A board's place in a slot while it is provisioned. */
    record Seat(InetSocketAddress line, Runnable leave) implements AutoCloseable {
        @Override
        public void close() {
            leave.run();
        }
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
        workers.shutdownNow();
    }

    private final class Ears implements BenchSession.Listener {
        @Override
        public void onTask(BenchSession open, BenchTask task) {
            Occupied place = slots.get(hardware(task.getHardwareIdSha256().toByteArray()));
            if (place == null) {
                workers.execute(() -> open.failed(task, "the airframe is not on this bench any more"));
                return;
            }
            watch.onTask(place.slot(), task);
            workers.execute(() -> perform(open, place, task));
        }

        @Override
        public void onNews(UnitNews news) {
            Occupied place = slots.get(hardware(news.getHardwareIdSha256().toByteArray()));
            if (place != null) {
                watch.onNews(place.slot(), news);
            }
        }

        @Override
        public void onEnd(KrylaException why) {
            // Slots hear of it from the line, which ends their conversations, or from its silence.
        }
    }

    private void perform(BenchSession open, Occupied place, BenchTask task) {
        try {
            open.done(task, hands.perform(place.slot(), place.board(), open, task));
        } catch (CommandFailure e) {
            open.failed(task, e.code() + ": " + e.what());
        } catch (KrylaException e) {
            if (!open.isEnded()) {
                open.failed(task, e.code() + ": " + e.getMessage());
            }
        }
    }

    private static Digest hardware(byte[] sha256) {
        return sha256.length == Digest.LENGTH ? Digest.of(sha256) : Digest.sha256(sha256);
    }
}
