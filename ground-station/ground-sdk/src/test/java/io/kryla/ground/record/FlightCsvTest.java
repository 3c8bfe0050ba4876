package io.kryla.ground.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.keys.KrylaException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightCsvTest {
    private static final int STATES = 35;

    @TempDir
    static Path folder;

    @TempDir
    Path out;

    private static WrittenFlight flight;
    private static Path file;

    @BeforeAll
    static void aRecording() throws Exception {
        flight = new WrittenFlight(folder);
        file = flight.write(folder.resolve("flight.mcap"), STATES, 10);
    }

    @Test
    void aRowForEachState() throws Exception {
        FlightCsv.Export export = export(file, FlightVerdict.Attested.class);
        assertThat(export.samples()).isEqualTo(STATES);
        List<String> lines = lines("samples.csv");
        assertThat(lines).hasSize(STATES + 1);
        List<String> columns = List.of(lines.get(0).split(","));
        assertThat(columns)
                .startsWith("leaf_index", "flight_time_seconds", "mode", "armed")
                .contains("velocity_north_meters_per_second", "latitude_radians", "battery_voltage_volts")
                .endsWith(
                        "rotor_1_command_ratio",
                        "rotor_2_command_ratio",
                        "rotor_3_command_ratio",
                        "rotor_4_command_ratio");
        for (int i = 0; i < STATES; i++) {
            List<String> cells = List.of(lines.get(i + 1).split(",", -1));
            assertThat(cells).hasSameSizeAs(columns);
            assertThat(cells.get(columns.indexOf("flight_time_seconds"))).isEqualTo(i / 10 + "." + i % 10 + "00000000");
            assertThat(cells.get(columns.indexOf("position_down_meters"))).isEqualTo(Integer.toString(-i));
            assertThat(cells.get(columns.indexOf("mode"))).isEqualTo("MISSION");
            assertThat(cells.get(columns.indexOf("armed"))).isEqualTo("1");
        }
        assertThat(Files.readString(out.resolve("samples.csv")))
                .endsWith("\r\n")
                .doesNotContain("\uFEFF");
    }

    @Test
    void everythingElseIsAnEvent() throws Exception {
        assertThat(export(file, FlightVerdict.Attested.class).events()).isEqualTo(4);
        List<String> lines = lines("events.csv");
        assertThat(lines.get(0)).isEqualTo(EventTable.HEADER.strip());
        assertThat(lines.get(1)).contains(",LOG_OPENED,").contains("boot 1");
        assertThat(lines.get(2)).contains(",RECEIVER_JOINED,");
        assertThat(lines.get(3))
                .contains(",1.000000000,FLIGHT_EVENT,WAYPOINT_REACHED,")
                .contains("\"'=1+1, \"\"first\"\"\"");
        assertThat(lines.get(4)).contains(",LOG_CLOSED,FLIGHT_ENDED,");
    }

    @Test
    void theSameFlightGivesTheSameBytes() throws Exception {
        export(file, FlightVerdict.Attested.class);
        byte[] samples = Files.readAllBytes(out.resolve("samples.csv"));
        byte[] events = Files.readAllBytes(out.resolve("events.csv"));
        export(file, FlightVerdict.Attested.class);
        assertThat(out.resolve("samples.csv")).hasBinaryContent(samples);
        assertThat(out.resolve("events.csv")).hasBinaryContent(events);
    }

    @Test
    void ofARejectedRecordingNothingIsWrittenUnlessItIsWanted() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.mcap"), WrittenFlight.cutInLastChunk(bytes));
        assertThat(export(cut, FlightVerdict.Attested.class).written()).isFalse();
        assertThat(out).isEmptyDirectory();
        FlightCsv.Export wanted = export(cut, FlightVerdict.class);
        assertThat(wanted.written()).isTrue();
        assertThat(wanted.samples()).isPositive().isLessThan(STATES);
        assertThat(lines("samples.csv")).hasSize((int) wanted.samples() + 1);
    }

    @Test
    void aFolderThatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> FlightCsv.export(
                        file, flight.verifier(), out.resolve("no/a.csv"), out.resolve("no/b.csv"), verdict -> true))
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo("STORAGE_FAILED"));
    }

    private FlightCsv.Export export(Path recording, Class<? extends FlightVerdict> accepted) {
        return FlightCsv.export(
                recording,
                flight.verifier(),
                out.resolve("samples.csv"),
                out.resolve("events.csv"),
                accepted::isInstance);
    }

    private List<String> lines(String name) throws Exception {
        return Files.readAllLines(out.resolve(name), StandardCharsets.UTF_8);
    }
}
