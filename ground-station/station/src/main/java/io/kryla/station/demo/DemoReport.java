package io.kryla.station.demo;

import io.kryla.station.flight.FlownFlight;
import java.nio.file.Path;
import java.util.List;

/**
 * What a demonstration came to.
 *
 * @param units in the order of their births
 */
public record DemoReport(Path folder, List<DemoUnit> units) {
    /** One unit: where it was built, and how it flew. */
    public record DemoUnit(String line, String serial, FlownFlight flight) {}

    public boolean allAccepted() {
        return units.stream().allMatch(unit -> unit.flight().accepted());
    }
}
