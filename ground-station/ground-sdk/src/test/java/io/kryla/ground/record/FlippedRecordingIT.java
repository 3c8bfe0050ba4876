package io.kryla.ground.record;

import io.kryla.ground.line.TestLine;
import io.kryla.v1.FlightEvidence;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte of a small recording: one bit of each, and with {@code -Dkryla.test.tries.factor} every bit. */
class FlippedRecordingIT {
    @TempDir
    Path folder;

    @Test
    void noBitOfTheFileChangesUnnoticed() throws Exception {
        TestLine line = new TestLine();
        byte[] good = Files.readAllBytes(RecordedFlights.fly(line, "KRYL5TEST1", folder, 8));
        int bits = Integer.getInteger("kryla.test.tries.factor", 1) > 1 ? 8 : 1;
        // Evidence that is the same byte for byte is proven once: all of a run's time would go there.
        Map<FlightEvidence, EvidenceResult> proven = new HashMap<>();
        EvidenceProver prover = new EvidenceProver(line.rootCertificate(), TestLine.CLOCK.instant(), List.of());
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < bits; bit++) {
                byte[] flipped = good.clone();
                flipped[at] ^= (byte) (1 << (at + bit) % 8);
                FlightVerdict verdict = new FlightVerification(
                                evidence -> proven.computeIfAbsent(evidence, prover::prove), FlightSink.NONE)
                        .verify(new ByteArrayInputStream(flipped), flipped.length, Optional.empty());
                if (!(verdict instanceof FlightVerdict.Rejected)) {
                    throw new AssertionError("byte " + at + " of " + good.length + " changed unnoticed: " + verdict);
                }
            }
        }
    }
}
