package io.kryla.bench.load;

import io.kryla.codec.VehicleSample;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Flies some of the airframes: each at its own moment of every period. A period that begins late is flown all the same. */
final class FlightThread {
    private record Seat(FlyingAirframe airframe, long offsetNanos) {}

    private final Seat[] seats;
    private final long periodNanos;
    private final VehicleSample sample = new VehicleSample();

    FlightThread(List<FlyingAirframe> airframes, int rateHz, RandomGenerator chance) {
        this.periodNanos = 1_000_000_000L / rateHz;
        this.seats = airframes.stream()
                .map(airframe -> new Seat(airframe, chance.nextLong(periodNanos)))
                .toArray(Seat[]::new);
        Arrays.sort(seats, Comparator.comparingLong(Seat::offsetNanos));
    }

    /** Publishes so many samples of each. */
    void fly(long periods) {
        long startNanos = System.nanoTime();
        for (long period = 0; period < periods; period++) {
            for (Seat seat : seats) {
                waitUntil(startNanos + period * periodNanos + seat.offsetNanos);
                seat.airframe.publish(sample);
            }
        }
    }

    /** Waits until a checkpoint is due for what was published, and has it signed. */
    void signCheckpoints(LoadPlan plan) {
        waitUntil(System.nanoTime() + plan.profile().checkpointInterval().toNanos());
        for (Seat seat : seats) {
            seat.airframe.passTime();
        }
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
