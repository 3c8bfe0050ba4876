package io.kryla.station.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"kryla " + current()};
    }

    /** Also names the simulator build in flights. */
    static String current() {
        String version = Kryla.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
