package io.kryla.bench.sim;

import io.kryla.hil.scenario.VehicleFile;

/** Thirty seconds from boot: standing, take-off, climb to 10 m, hover in gusts; with the rotor commands that flew it. */
final class ReferenceFlight {
    static final int TICKS = 30_000;

    private final VehicleFile vehicle = VehicleFile.shipped("quad-1500g");
    private final double[][] commands = new double[TICKS][];
    private final double endHeightMeters;

    ReferenceFlight() {
        SimulatedWorld world = new SimulatedWorld(vehicle);
        for (int tick = 0; tick < TICKS; tick++) {
            commands[tick] = world.commands().clone();
            world.pilot();
            world.fly();
        }
        endHeightMeters = world.heightMeters();
        if (!(endHeightMeters > 8)) {
            throw new IllegalStateException("the flight that is measured ended at " + endHeightMeters + " m");
        }
    }

    SimulatedWorld atBoot() {
        return new SimulatedWorld(vehicle);
    }

    /** What the rotors were told at the beginning of a tick. */
    double[] commandsAt(int tick) {
        return commands[tick];
    }

    /** Whoever flew the same world must be there, to the bit. */
    double checked(SimulatedWorld world) {
        double height = world.heightMeters();
        if (Double.doubleToRawLongBits(height) != Double.doubleToRawLongBits(endHeightMeters)) {
            throw new IllegalStateException("flew to " + height + " m, not to " + endHeightMeters + " m");
        }
        return height;
    }
}
