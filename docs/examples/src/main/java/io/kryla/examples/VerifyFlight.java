package io.kryla.examples;

import io.kryla.ground.record.FlightProofFile;
import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.FlightVerifier;
import io.kryla.identity.Certificates;
import io.kryla.v1.LeafProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Verifies a recorded flight from the root certificate and says what was proven. Usage: {@code VerifyFlight FLIGHT ROOT}. */
public final class VerifyFlight {

    /** Returns whether the flight was proven to have happened so. */
    public static boolean verify(Path flight, Path rootPem, Consumer<String> printer) throws IOException {
        // quickstart: begin
        X509Certificate root = Certificates.fromPem(Files.readAllBytes(rootPem)).orElseThrow();
        Path proofFile = flight.resolveSibling("flight.tlog-proof");
        Optional<LeafProof> proof =
                Files.exists(proofFile) ? FlightProofFile.decode(Files.readAllBytes(proofFile)) : Optional.empty();
        FlightVerifier verifier = FlightVerifier.of(root, Clock.systemUTC().instant());
        FlightVerdict verdict = proof.map(verifier::anchoredBy).orElse(verifier).verify(flight);
        if (verdict instanceof FlightVerdict.Rejected rejected) {
            printer.accept(rejected.code() + ": " + rejected.reason() + "; " + rejected.where());
        } else if (verdict instanceof FlightVerdict.Anchored anchored) {
            printer.accept("ANCHORED " + anchored.flight().origin() + ", ended before " + anchored.cosignedAt());
        } else if (verdict instanceof FlightVerdict.Attested attested) {
            printer.accept("ATTESTED " + attested.flight().origin() + ", "
                    + attested.flight().samples() + " samples");
        }
        // quickstart: end
        return !(verdict instanceof FlightVerdict.Rejected);
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: VerifyFlight FLIGHT ROOT, such as: flight.mcap root.pem");
            System.exit(2);
        }
        System.exit(verify(Path.of(args[0]), Path.of(args[1]), System.out::println) ? 0 : 1);
    }

    private VerifyFlight() {}
}
