package io.kryla.ground.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flight at 100 Hz, five minutes long and an hour with {@code -Dkryla.test.tries.factor}, verified, repaired and written as
 * tables by a virtual machine with 20 MB of heap; the records of an hour have 57 MB.
 */
class LongRecordingTest {
    private static final int RATE = 100;
    private static final String HEAP = "-Xmx20m";

    @TempDir
    Path folder;

    @Test
    void takesNoMoreMemoryThanAShortOne() throws Exception {
        int minutes = Integer.getInteger("kryla.test.tries.factor", 1) > 1 ? 60 : 5;
        int states = minutes * 60 * RATE;
        WrittenFlight flight = new WrittenFlight(folder);
        Path file = flight.write(folder.resolve("flight.mcap"), states, RATE);
        Path root = Files.write(
                folder.resolve("root.der"), flight.line.rootCertificate().getEncoded());

        String said = run(file, root);

        assertThat(said)
                .contains("ATTESTED " + (states + 4) + " samples")
                .contains("UNDAMAGED")
                .contains("ROWS " + states);
    }

    private String run(Path file, Path root) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        file.toString(),
                        root.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output);
        assertThat(child.exitValue()).as(said).isZero();
        return said;
    }
}
