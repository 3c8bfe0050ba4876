package io.kryla.airframe.provisioning;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.FirmwareSlot;
import io.kryla.airframe.ParameterStore;
import io.kryla.airframe.StorageEntry;
import io.kryla.fuzz.Executions;
import io.kryla.identity.Certificates;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.test.FakeIdentity;
import io.kryla.test.MemoryStorage;
import io.kryla.v1.BirthCommit;
import io.kryla.v1.CertIssue;
import io.kryla.v1.ClaimGrant;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.MeasurementRequest;
import io.kryla.v1.Parameter;
import io.kryla.v1.ParametersWrite;
import io.kryla.v1.ProvisioningMessage;
import io.kryla.v1.Refused;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** What a station may say to an airframe that has no identity yet: messages one behind the other, each behind two bytes of length. */
class ConversationFuzzTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final FakeIdentity IDENTITY = FakeIdentity.born(LICENSOR, "ZZZZ8DE010001");

    private static final class NoSlot implements FirmwareSlot {
        @Override
        public Digest imageSha256() {
            return Digest.sha256(new byte[1]);
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void install(FirmwareManifest verifiedManifest) {
            require(false, "no firmware without the licensor's signatures");
        }
    }

    private static final class NoStore implements ParameterStore {
        @Override
        public void write(List<Parameter> parameters) {
            require(false, "no parameters from a station that is none");
        }

        @Override
        public List<Parameter> read() {
            return List.of();
        }
    }

    static Stream<byte[]> seeds() throws InvalidProtocolBufferException {
        ProvisioningMessage grant = ProvisioningMessage.newBuilder()
                .setClaimGrant(ClaimGrant.parseFrom(stored(StorageEntry.CLAIM_GRANT)).toBuilder()
                        .setChallenge(ByteString.copyFrom(new byte[32])))
                .build();
        ProvisioningMessage issue = ProvisioningMessage.newBuilder()
                .setCertIssue(CertIssue.parseFrom(stored(StorageEntry.CERT_ISSUE)))
                .build();
        ProvisioningMessage birth = ProvisioningMessage.newBuilder()
                .setBirthCommit(BirthCommit.parseFrom(stored(StorageEntry.BIRTH_COMMIT)))
                .build();
        ProvisioningMessage write = ProvisioningMessage.newBuilder()
                .setParametersWrite(ParametersWrite.getDefaultInstance())
                .build();
        ProvisioningMessage measure = ProvisioningMessage.newBuilder()
                .setMeasurementRequest(MeasurementRequest.newBuilder().addNames("gyro.bias"))
                .build();
        ProvisioningMessage refused = ProvisioningMessage.newBuilder()
                .setRefused(Refused.newBuilder().setCode("QUOTA_EXHAUSTED"))
                .build();
        return Stream.of(
                said(grant),
                said(grant, issue, birth),
                said(grant, grant, issue, write, measure),
                said(refused),
                said(issue));
    }

    private static byte[] stored(StorageEntry entry) {
        return IDENTITY.storage().read(entry).orElseThrow();
    }

    private static byte[] said(ProvisioningMessage... messages) {
        ByteBuffer out = ByteBuffer.allocate(1 << 16);
        for (ProvisioningMessage message : messages) {
            out.putShort((short) message.getSerializedSize()).put(message.toByteArray());
        }
        byte[] all = new byte[out.position()];
        out.flip().get(all);
        return all;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void stationOfAStranger(byte[] input) {
        Executions.count();
        MemoryStorage storage = new MemoryStorage();
        AirframeConversation conversation = new AirframeConversation(board(storage), IDENTITY.chain());
        ByteBuffer in = ByteBuffer.wrap(input);
        boolean goesOn = true;
        while (goesOn && in.remaining() > Short.BYTES) {
            byte[] message = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining())];
            in.get(message);
            goesOn = conversation.onMessage(message) instanceof ProvisioningStep.Send;
        }
        require(storage.read(StorageEntry.CERT_ISSUE).isEmpty(), "no identity from a station that is none");
        require(storage.read(StorageEntry.BIRTH_COMMIT).isEmpty(), "no birth without an identity");
    }

    private static ProvisioningBoard board(MemoryStorage storage) {
        return ProvisioningBoard.builder()
                .design(TestLicensor.DESIGN_OID)
                .hardwareId(new byte[] {1})
                .rootSha256(Certificates.sha256(LICENSOR.root().certificate()))
                .secureElement(IDENTITY.secureElement())
                .storage(storage)
                .firmware(new NoSlot())
                .parameters(new NoStore())
                .selfTest(names -> List.of())
                .clock(InstantSource.fixed(TestLicensor.NOW))
                .build();
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
