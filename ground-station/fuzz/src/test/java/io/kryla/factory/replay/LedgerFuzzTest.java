package io.kryla.factory.replay;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import io.kryla.factory.license.SerialSpace;
import io.kryla.fuzz.Executions;
import io.kryla.keys.Digest;
import io.kryla.v1.Born;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Transfer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Leaves of a ledger, several after each other, as an auditor or witness replays them. */
class LedgerFuzzTest {
    private static final ByteString HASH =
            ByteString.copyFrom(Digest.sha256(new byte[1]).bytes());

    static Stream<byte[]> seeds() {
        LedgerLeaf.Builder leaf = LedgerLeaf.newBuilder().setActorId("card-1").setSerial("KRYL5FUZZ1");
        LedgerLeaf born = leaf.clone()
                .setBorn(Born.newBuilder()
                        .setLicensePolicyOid("1.3.6.1.4.1.32473.2.1")
                        .setLicenseRevision(1)
                        .setHardwareIdSha256(HASH)
                        .setIdevidKeySha256(HASH)
                        .setIdevidCertificateSha256(HASH)
                        .setBirthRecordSha256(HASH)
                        .setFirmwareSha256(HASH))
                .build();
        LedgerLeaf opened = leaf.clone()
                .setFlightOpened(FlightOpened.newBuilder()
                        .setNonce(HASH)
                        .setPlanSha256(HASH)
                        .setAttempt(1))
                .build();
        LedgerLeaf closed = leaf.clone()
                .setFlightClosed(FlightClosed.newBuilder().setFlightRoot(HASH))
                .build();
        LedgerLeaf transfer =
                leaf.clone().setTransfer(Transfer.getDefaultInstance()).build();
        return Stream.of(
                several(born, opened, closed), several(born, transfer), "KRYL5F".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] several(LedgerLeaf... leaves) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (LedgerLeaf leaf : leaves) {
            byte[] bytes = leaf.toByteArray();
            all.write(bytes.length >> 8);
            all.write(bytes.length);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void leaves(byte[] input) {
        Executions.count();
        LedgerReplay replay = new LedgerReplay("kryla.example/ledger/DE-01");
        int leaves = 0;
        for (int at = 0; at + 2 <= input.length && leaves < 16; leaves++) {
            int length = Math.min((input[at] & 0xff) << 8 | input[at + 1] & 0xff, input.length - at - 2);
            byte[] leaf = Arrays.copyOfRange(input, at + 2, at + 2 + length);
            require(replay.judge(leaf).equals(replay.append(leaf)), "judged as taken");
            at += 2 + length;
        }
        require(replay.size() == leaves, "each leaf counts");
        replay.totals();
        String text = new String(input, StandardCharsets.ISO_8859_1);
        SerialSpace.parse(text);
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
