package io.kryla.ground.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte of a small recording: one bit of each, and with {@code -Dkryla.test.tries.factor} every bit. */
class FlippedRecordingTest {
    @TempDir
    Path folder;

    @Test
    void noBitOfTheFileChangesUnnoticed() throws Exception {
        WrittenFlight flight = new WrittenFlight(folder);
        byte[] good = Files.readAllBytes(flight.write(folder.resolve("flight.mcap"), 4, 4));
        ProvenOnce verifier = new ProvenOnce(flight);
        assertThat(verifier.verify(good)).isInstanceOf(FlightVerdict.Attested.class);
        int bits = Integer.getInteger("kryla.test.tries.factor", 1) > 1 ? 8 : 1;
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < bits; bit++) {
                byte[] flipped = good.clone();
                flipped[at] ^= (byte) (1 << (at + bit) % 8);
                FlightVerdict verdict = verifier.verify(flipped);
                if (!(verdict instanceof FlightVerdict.Rejected)) {
                    throw new AssertionError("byte " + at + " of " + good.length + " changed unnoticed: " + verdict);
                }
            }
        }
    }
}
