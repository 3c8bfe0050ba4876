package io.kryla.factory.testline;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.Accepted;
import io.kryla.v1.Born;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Transfer;
import java.nio.charset.StandardCharsets;

/** Well-formed leaves for tests; hashes are those of short words. */
public final class Leaves {
    private Leaves() {}

    public static ByteString hash(String word) {
        return ByteString.copyFrom(digest(word).bytes());
    }

    public static Digest digest(String word) {
        return Digest.sha256(word.getBytes(StandardCharsets.UTF_8));
    }

    public static LedgerLeaf.Builder leaf(String serial) {
        return LedgerLeaf.newBuilder().setActorId("card-1").setSerial(serial);
    }

    /** The birth of the board and key of that name. */
    public static LedgerLeaf born(String serial, String name) {
        return leaf(serial)
                .setBorn(Born.newBuilder()
                        .setLicensePolicyOid(TestLicensor.LICENSE_OID)
                        .setLicenseRevision(1)
                        .setHardwareIdSha256(hash("hardware " + name))
                        .setIdevidKeySha256(hash("key " + name))
                        .setIdevidCertificateSha256(hash("certificate " + name))
                        .setBirthRecordSha256(hash("record " + name))
                        .setFirmwareSha256(hash("firmware")))
                .build();
    }

    public static FlightOpened opening(String nonce) {
        return FlightOpened.newBuilder()
                .setNonce(hash(nonce))
                .setPlanSha256(hash("plan"))
                .setVehicleSha256(hash("vehicle"))
                .setSeed(7)
                .setSimulatorBuild("test")
                .setLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_DESIGN)
                .build();
    }

    public static LedgerLeaf opened(String serial, int attempt, String nonce) {
        return leaf(serial)
                .setFlightOpened(opening(nonce).toBuilder().setAttempt(attempt))
                .build();
    }

    public static LedgerLeaf closed(String serial, long openedIndex, FlightOutcome outcome, int boot) {
        return leaf(serial)
                .setFlightClosed(FlightClosed.newBuilder()
                        .setFlightOpenedIndex(openedIndex)
                        .setOutcome(outcome)
                        .setFlightOrigin("kryla.example/flight/" + serial + "/" + boot + "/acceptance")
                        .setFlightSize(100)
                        .setFlightRoot(hash("root"))
                        .setFlightMcapSha256(hash("flight"))
                        .setTruthMcapSha256(hash("truth"))
                        .setVerdictSha256(hash("verdict")))
                .build();
    }

    public static LedgerLeaf accepted(String serial, long closedIndex) {
        return leaf(serial)
                .setAccepted(Accepted.newBuilder()
                        .setFlightClosedIndex(closedIndex)
                        .setAcceptanceRecordSha256(hash("acceptance"))
                        .setLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_DESIGN))
                .build();
    }

    public static LedgerLeaf transfer(
            String serial, String previous, String entry, String from, String to, ByteString authorisation) {
        return leaf(serial)
                .setTransfer(Transfer.newBuilder()
                        .setEntrySha256(hash(entry))
                        .setPreviousSha256(hash(previous))
                        .setFromId(from)
                        .setToId(to)
                        .setToKeySha256(hash("key of " + to))
                        .setExportAuthorisationSha256(authorisation))
                .build();
    }
}
