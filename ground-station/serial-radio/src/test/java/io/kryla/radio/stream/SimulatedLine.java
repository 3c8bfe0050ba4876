package io.kryla.radio.stream;

import io.kryla.radio.frame.LineFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Two ends and the line between them on a clock of their own: nothing waits, and the same seed gives the same run. What
 * uses the ends is called after everything that happens.
 */
public final class SimulatedLine {
    private final LineConditions conditions;
    private final RandomGenerator chance;
    private final PriorityQueue<Arrival> arrivals =
            new PriorityQueue<>(Comparator.comparingLong(Arrival::atNanos).thenComparingLong(Arrival::number));
    private final List<Runnable> users = new ArrayList<>();
    private final End airframe;
    private final End ground;
    private long nowNanos;
    private long airFreeAtNanos;
    private @Nullable End lastSender;
    private long number;

    private record Arrival(long atNanos, long number, End at, byte[] bytes) {}

    /** One end; the airframe's opens streams, the ground's accepts them. */
    public final class End {
        private LineMultiplexer multiplexer;
        private final boolean accepting;
        private long freeAtNanos;
        private byte @Nullable [] delayed;
        private long sentBytes;
        private boolean cutOff;

        private End(boolean accepting, StreamTimes times) {
            this.accepting = accepting;
            this.multiplexer = new LineMultiplexer(accepting, times);
        }

        public LineMultiplexer multiplexer() {
            return multiplexer;
        }

        /** Bytes that went out over the line. */
        public long sentBytes() {
            return sentBytes;
        }

        /** Forgets everything, as after a reset of the device. */
        public void restart(StreamTimes times) {
            multiplexer = new LineMultiplexer(accepting, times);
        }

        /** From now on nothing that it sends arrives. */
        public void cutOff(boolean isCutOff) {
            cutOff = isCutOff;
        }
    }

    public SimulatedLine(LineConditions conditions, StreamTimes times, RandomGenerator chance) {
        this.conditions = conditions;
        this.chance = chance;
        this.airframe = new End(false, times);
        this.ground = new End(true, times);
    }

    public End airframe() {
        return airframe;
    }

    public End ground() {
        return ground;
    }

    public long nowNanos() {
        return nowNanos;
    }

    /** Called after every event; reads and writes at an end. */
    public void use(Runnable user) {
        users.add(user);
    }

    /** Lets time pass until the goal is reached; false when it is not by then, or when nothing more will happen. */
    public boolean run(long untilNanos, BooleanSupplier goal) {
        users.forEach(Runnable::run);
        while (!goal.getAsBoolean()) {
            // A modem that shares the air gives the other side the next turn.
            boolean groundFirst = lastSender == airframe;
            transmit(groundFirst ? ground : airframe, groundFirst ? airframe : ground);
            transmit(groundFirst ? airframe : ground, groundFirst ? ground : airframe);
            long next = nextEvent();
            if (goal.getAsBoolean()) {
                return true;
            }
            if (next > untilNanos) {
                nowNanos = Math.max(nowNanos, untilNanos);
                return false;
            }
            nowNanos = next;
            while (!arrivals.isEmpty() && arrivals.peek().atNanos() <= nowNanos) {
                Arrival arrival = arrivals.remove();
                arrival.at().multiplexer.receive(arrival.bytes(), arrival.bytes().length, nowNanos);
            }
            users.forEach(Runnable::run);
        }
        return true;
    }

    private long nextEvent() {
        long next = Long.MAX_VALUE;
        if (!arrivals.isEmpty()) {
            next = arrivals.peek().atNanos();
        }
        return Math.max(nowNanos, Math.min(next, Math.min(wakesAt(airframe), wakesAt(ground))));
    }

    private long wakesAt(End end) {
        long idle = end.multiplexer.idleNanos(nowNanos);
        return idle == Long.MAX_VALUE ? idle : Math.max(nowNanos + idle, freeAt(end));
    }

    private long freeAt(End end) {
        return conditions.halfDuplex() ? Math.max(airFreeAtNanos, end.freeAtNanos) : end.freeAtNanos;
    }

    private void transmit(End from, End to) {
        if (nowNanos < freeAt(from)) {
            return;
        }
        byte[] buffer = new byte[LineFrame.MTU];
        int length = from.multiplexer.transmit(buffer, nowNanos);
        if (length == 0) {
            return;
        }
        lastSender = from;
        from.sentBytes += length;
        from.freeAtNanos = nowNanos + conditions.airtimeNanos(length);
        airFreeAtNanos = from.freeAtNanos;
        impair(from, to, Arrays.copyOf(buffer, length));
    }

    private void impair(End from, End to, byte[] frame) {
        if (from.cutOff || chance.nextDouble() < conditions.loss()) {
            return;
        }
        if (chance.nextDouble() < conditions.corruption()) {
            for (int flips = 1 + chance.nextInt(4); flips > 0; flips--) {
                frame[chance.nextInt(frame.length)] ^= (byte) (1 << chance.nextInt(8));
            }
        }
        boolean twice = chance.nextDouble() < conditions.duplication();
        if (from.delayed == null && chance.nextDouble() < conditions.reordering()) {
            from.delayed = frame;
            return;
        }
        arrive(from, to, frame);
        if (twice) {
            arrive(from, to, frame);
        }
        byte[] behind = from.delayed;
        if (behind != null) {
            from.delayed = null;
            arrive(from, to, behind);
        }
    }

    private void arrive(End from, End to, byte[] frame) {
        arrivals.add(new Arrival(from.freeAtNanos + conditions.latencyNanos(), number++, to, frame));
    }
}
