package io.kryla.ground.record;

import io.kryla.v1.FlightEvidence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verifies thousands of variants of one recording: evidence that is the same byte for byte is proven once. */
final class ProvenOnce {
    private final Map<FlightEvidence, EvidenceResult> proven = new HashMap<>();
    private final EvidenceProver prover;

    ProvenOnce(WrittenFlight flight) {
        prover = new EvidenceProver(flight.line.rootCertificate(), WrittenFlight.NOW, List.of());
    }

    FlightVerdict verify(byte[] file) throws IOException {
        return verify(file, FlightSink.NONE);
    }

    FlightVerdict verify(byte[] file, FlightSink sink) throws IOException {
        return new FlightVerification(evidence -> proven.computeIfAbsent(evidence, prover::prove), sink)
                .verify(new ByteArrayInputStream(file), file.length, Optional.empty());
    }
}
