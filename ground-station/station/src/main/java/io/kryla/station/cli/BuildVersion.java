package io.kryla.station.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"kryla " + current()};
    }

    /** Names the simulator's build in ledger and verdict. */
    static String simulatorBuild() {
        return "kryla-hil-sim " + current();
    }

    private static String current() {
        String version = Kryla.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
