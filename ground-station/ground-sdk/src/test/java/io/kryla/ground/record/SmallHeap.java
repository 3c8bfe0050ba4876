package io.kryla.ground.record;

import io.kryla.identity.Certificates;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;

/** Verifies, repairs and exports a recording, and says how long each took: {@code SmallHeap FLIGHT ROOT.DER}. */
final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        X509Certificate root =
                Certificates.fromDer(Files.readAllBytes(Path.of(args[1]))).orElseThrow();
        FlightVerifier verifier = FlightVerifier.of(root, WrittenFlight.NOW);
        long start = System.nanoTime();
        FlightVerdict verdict = verifier.verify(file);
        System.out.println(
                "ATTESTED " + ((FlightVerdict.Attested) verdict).flight().samples() + " samples, " + Files.size(file)
                        + " bytes, " + since(start));

        start = System.nanoTime();
        RepairResult repaired = FlightRepair.repair(file, file.resolveSibling("repaired.mcap"));
        System.out.println((repaired instanceof RepairResult.Undamaged ? "UNDAMAGED " : "DAMAGED ") + since(start));

        start = System.nanoTime();
        FlightCsv.Export export = FlightCsv.export(
                file,
                verifier,
                file.resolveSibling("samples.csv"),
                file.resolveSibling("events.csv"),
                FlightVerdict.Attested.class::isInstance);
        System.out.println("ROWS " + export.samples() + ", " + since(start));
        System.out.println("PEAK "
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() + " bytes of heap");
    }

    private static String since(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos) + " ms";
    }
}
