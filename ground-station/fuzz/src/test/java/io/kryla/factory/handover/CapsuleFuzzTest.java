package io.kryla.factory.handover;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.fuzz.Executions;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.ownership.HandoverReceipts;
import io.kryla.ownership.Voucher;
import io.kryla.ownership.VoucherEntries;
import io.kryla.v1.Capsule;
import io.kryla.v1.Envelope;
import io.kryla.v1.HandoverReceipt;
import io.kryla.v1.VoucherEntry;
import io.kryla.v1.VoucherHeader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Capsules of strangers; entries and receipts as a hostile owner or airframe would sign them. */
class CapsuleFuzzTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final Signer OWNER = TestLicensor.ed25519();
    private static final Signer AIRFRAME = TestLicensor.ed25519();
    private static final Digest HEADER = Digest.sha256(new byte[1]);
    private static final Voucher VOUCHER = new Voucher(
            VoucherHeader.newBuilder()
                    .setSerial("KRYL5FUZZ1")
                    .setOwnerId("maker")
                    .build(),
            HEADER,
            OWNER.key(),
            List.of());

    private final CapsuleVerifier verifier = CapsuleVerifier.of(LICENSOR.root().certificate());

    static Stream<byte[]> seeds() {
        VoucherEntry entry = VoucherEntry.newBuilder()
                .setHeaderSha256(ByteString.copyFrom(HEADER.bytes()))
                .setPreviousSha256(ByteString.copyFrom(HEADER.bytes()))
                .setNextOwnerId("next")
                .setNextOwnerKey(AIRFRAME.key().toProto())
                .setNextOwnerCaKeySha256(ByteString.copyFrom(HEADER.bytes()))
                .build();
        HandoverReceipt receipt = HandoverReceipt.newBuilder()
                .setSerial("KRYL5FUZZ1")
                .setNonce(ByteString.copyFrom(HEADER.bytes()))
                .setLastEntrySha256(ByteString.copyFrom(HEADER.bytes()))
                .build();
        Capsule capsule = Capsule.newBuilder()
                .setTrustBundle(DsseSigner.sign(PayloadType.TRUST_BUNDLE, new byte[] {8, 1}, OWNER))
                .addCrls(ByteString.copyFrom(new byte[3]))
                .build();
        return Stream.of(entry.toByteArray(), receipt.toByteArray(), capsule.toByteArray());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void capsulesEntriesAndReceipts(byte[] input) {
        Executions.count();
        require(
                verifier.verify(input, TestLicensor.NOW) instanceof CapsuleResult.Rejected,
                "no capsule without the root's signature");
        if (input.length > 2_000) {
            return;
        }
        if (isMessage(input)) {
            VoucherEntries.follow(VOUCHER, DsseSigner.sign(PayloadType.VOUCHER_ENTRY, input, OWNER));
            Envelope half = DsseSigner.sign(PayloadType.HANDOVER_RECEIPT, input, AIRFRAME);
            HandoverReceipts.checkHalf(half, VOUCHER, AIRFRAME.key(), HEADER);
        }
    }

    /** Signing is dear: only what some message could be. */
    private static boolean isMessage(byte[] input) {
        try {
            return !VoucherEntry.parseFrom(input).getUnknownFields().asMap().containsKey(15);
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
