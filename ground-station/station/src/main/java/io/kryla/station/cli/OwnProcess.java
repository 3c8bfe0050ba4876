package io.kryla.station.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program as another process. */
final class OwnProcess {
    private OwnProcess() {}

    /** Starts quickly rather than runs fast. */
    static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Kryla.class.getName()));
        command.addAll(arguments);
        return command;
    }
}
