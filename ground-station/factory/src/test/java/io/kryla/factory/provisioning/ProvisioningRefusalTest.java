package io.kryla.factory.provisioning;

import static io.kryla.factory.provisioning.ChangedMessage.changing;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.ledger.UnitState;
import io.kryla.identity.CertificateSigningRequest;
import io.kryla.v1.BirthRecord;
import io.kryla.v1.Envelope;
import io.kryla.v1.MeasurementOutcome;
import io.kryla.v1.ProvisioningMessage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisioningRefusalTest {
    private static BirthLine line;
    private static int boards;
    private BenchAirframe airframe;

    @BeforeAll
    static void openLine(@TempDir Path folder) {
        line = BirthLine.in(folder, 100);
    }

    @AfterAll
    static void closeLine() {
        line.close();
    }

    @BeforeEach
    void takeABoard() {
        airframe = line.board("board " + ++boards);
    }

    @Test
    void refusesTheUnitAfterTheQuotaIsSpentAndAnyAfterTheLicenseHasEnded(@TempDir Path folder) {
        try (BirthLine small = BirthLine.in(folder, 2)) {
            small.born(small.board("A"));
            BenchAirframe second = small.board("B");
            small.line.clock.advance(Duration.ofDays(366));
            assertRefused(small.provision(second), RefusalCodes.LICENSE_EXPIRED, false);
            small.line.clock.advance(Duration.ofDays(-366));
            small.born(second);
            BenchAirframe third = small.board("C");
            assertRefused(small.provision(third), RefusalCodes.QUOTA_EXHAUSTED, false);
            assertThat(small.line.ledger.units()).hasSize(2);
            assertThat(third.storage.read(StorageEntry.CLAIM_GRANT)).isEmpty();
        }
    }

    @Test
    void suspectsACloneWhenTheSameHardwareComesWithAnotherKey() {
        line.born(airframe);
        BenchAirframe clone = line.board("board " + boards);
        assertRefused(line.provision(clone), RefusalCodes.CLONE_SUSPECTED, false);
    }

    @Test
    void refusesAnotherDesign() {
        assertRefused(
                airframe.start()
                        .provision(link().changingWhatTheAirframeSays(changing(
                                message -> message.getClaimRequestBuilder().setDesignOid("1.2.3"),
                                ProvisioningMessage::hasClaimRequest))),
                RefusalCodes.DESIGN_MISMATCH,
                false);
    }

    @Test
    void refusesAChallengeThatHasExpired() {
        assertRefused(
                airframe.start()
                        .provision(link().beforeTheSecondMessage(() -> line.line.clock.advance(Duration.ofMinutes(3)))),
                RefusalCodes.CHALLENGE_EXPIRED,
                false);
        line.born(airframe);
    }

    @Test
    void refusesARequestThatAnsweredAnotherChallenge() {
        byte[] stale = CertificateSigningRequest.create(airframe.identityKey(), "x", new byte[32]);
        assertRefused(withPkcs10(stale), RefusalCodes.POSSESSION_NOT_PROVEN, false);
    }

    @Test
    void refusesARequestOfAnotherKeyThanTheConnections() {
        byte[] foreign = CertificateSigningRequest.create(line.licensor.p256(), "x", new byte[32]);
        assertRefused(withPkcs10(foreign), RefusalCodes.POSSESSION_NOT_PROVEN, false);
        assertThat(unit().state()).isEqualTo(UnitState.CLAIMED);
    }

    @Test
    void refusesALogKeyThatTheIdevidDidNotEndorse() {
        assertRefused(
                airframe.start()
                        .provision(link().changingWhatTheAirframeSays(changing(
                                message -> message.getCertRequestBuilder().clearLogKeyEndorsement(),
                                ProvisioningMessage::hasCertRequest))),
                RefusalCodes.LOG_KEY_NOT_ENDORSED,
                false);
    }

    @Test
    void refusesAMessageOutOfOrderAndBytesThatAreNone() {
        assertRefused(
                airframe.start()
                        .provision(link().changingWhatTheAirframeSays(bytes -> ProvisioningMessage.newBuilder()
                                .setBirthStored(io.kryla.v1.BirthStored.getDefaultInstance())
                                .build()
                                .toByteArray())),
                RefusalCodes.BAD_STATE,
                false);
        assertRefused(
                airframe.start().provision(link().changingWhatTheAirframeSays(bytes -> new byte[] {-1, 7})),
                RefusalCodes.BAD_STATE,
                false);
    }

    @Test
    void refusesFirmwareThatReadsBackOtherwise() {
        airframe.damagesFirmware = true;
        assertRefused(line.provision(airframe), RefusalCodes.FIRMWARE_MISMATCH, false);
        airframe.damagesFirmware = false;
        line.born(airframe);
        assertThat(airframe.imageSha256()).isEqualTo(BirthLine.IMAGE);
    }

    @Test
    void repeatsAVersionThatReadsBackOtherwiseWithoutItsControlCharacters() {
        assertThat(airframe.start()
                        .provision(link().changingWhatTheAirframeSays(changing(
                                message ->
                                        message.getFirmwareReportBuilder().setVersion("9\r\u001b[2J" + "x".repeat(500)),
                                ProvisioningMessage::hasFirmwareReport))))
                .isInstanceOfSatisfying(ProvisioningOutcome.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(RefusalCodes.FIRMWARE_MISMATCH);
                    assertThat(refused.detail()).endsWith("read back 9??[2J" + "x".repeat(194));
                });
    }

    @Test
    void theAirframeRefusesFirmwareThatTheLicensorDidNotSign() {
        assertRefused(
                airframe.start()
                        .provision(link().changingWhatTheStationSays(changing(
                                message -> message.getFirmwareRequestBuilder()
                                        .setManifest(Envelope.newBuilder(line.firmware.envelope())
                                                .removeSignatures(1)),
                                ProvisioningMessage::hasFirmwareRequest))),
                RefusalCodes.FIRMWARE_MISMATCH,
                true);
        assertThat(airframe.installations).isZero();
    }

    @Test
    void refusesParametersThatWereNotKept() {
        airframe.losesParameters = true;
        assertRefused(line.provision(airframe), RefusalCodes.PARAMETER_MISMATCH, false);
    }

    @Test
    void aSensorDefectPreventsTheBirthUntilItIsRepaired() {
        airframe.measured.put("gyro.bias", 0.2);
        assertRefused(line.provision(airframe), RefusalCodes.SELF_TEST_FAILED, false);
        assertThat(unit().state()).isEqualTo(UnitState.CERTIFIED);
        assertThat(line.line.ledger.leaves(unit().serial())).isEmpty();
        assertThat(line.line.ledger.journal(unit().serial()))
                .anySatisfy(entry -> assertThat(entry.detail()).contains("gyro.bias"));
        airframe.measured.put("gyro.bias", 0.045);
        String serial = line.born(airframe);
        assertThat(birthRecord(serial).getMeasurementsList())
                .extracting(measurement -> measurement.getOutcome())
                .containsExactly(
                        MeasurementOutcome.MEASUREMENT_OUTCOME_PASS, MeasurementOutcome.MEASUREMENT_OUTCOME_MARGINAL);
    }

    @Test
    void aMeasurementThatIsMissingFails() {
        airframe.measured.remove("battery.voltage");
        assertRefused(line.provision(airframe), RefusalCodes.SELF_TEST_FAILED, false);
    }

    @Test
    void theAirframeStoresNoCertificateOfAnotherAirframe() {
        BenchAirframe other = line.board("other " + boards);
        line.born(other);
        assertRefused(
                airframe.start()
                        .provision(link().changingWhatTheStationSays(changing(
                                message -> message.getCertIssueBuilder()
                                        .clearChain()
                                        .addAllChain(issuedTo(other)),
                                ProvisioningMessage::hasCertIssue))),
                RefusalCodes.SERIAL_MISMATCH,
                true);
        assertThat(airframe.storage.read(StorageEntry.CERT_ISSUE)).isEmpty();
    }

    @Test
    void theAirframeStoresNoLicenseThatIsNotSigned() {
        assertRefused(
                airframe.start()
                        .provision(link().changingWhatTheStationSays(changing(
                                message -> message.getCertIssueBuilder()
                                        .getLicenseBuilder()
                                        .removeSignatures(1),
                                ProvisioningMessage::hasCertIssue))),
                RefusalCodes.LICENSE_MISMATCH,
                true);
        assertThat(airframe.storage.read(StorageEntry.CERT_ISSUE)).isEmpty();
    }

    @Test
    void theAirframeAnswersNoStationWithoutTheLicensorsBundle() {
        assertRefused(
                airframe.start()
                        .provision(link().changingWhatTheStationSays(changing(
                                message -> message.getClaimGrantBuilder().clearTrustBundle(),
                                ProvisioningMessage::hasClaimGrant))),
                "MALFORMED",
                true);
        assertThat(airframe.storage.read(StorageEntry.CLAIM_GRANT)).isEmpty();
    }

    @Test
    void theAirframeRefusesABirthWithoutAProof() {
        assertRefused(
                airframe.start()
                        .provision(link().changingWhatTheStationSays(changing(
                                message -> message.getBirthCommitBuilder().clearProof(),
                                ProvisioningMessage::hasBirthCommit))),
                "MALFORMED",
                true);
        assertThat(airframe.storage.read(StorageEntry.BIRTH_COMMIT)).isEmpty();
        line.born(airframe);
    }

    @Test
    void theAirframeRefusesTheBirthOfAnother() {
        BenchAirframe other = line.board("other " + boards);
        line.born(other);
        assertRefused(
                airframe.start()
                        .provision(link().changingWhatTheStationSays(changing(
                                message -> message.setBirthCommit(birthOf(other)),
                                ProvisioningMessage::hasBirthCommit))),
                RefusalCodes.BIRTH_MISMATCH,
                true);
    }

    @Test
    void theLineWritesDownWhatAStrangerSaysWithoutItsControlCharacters() {
        ConversationLink link = link();
        airframe.start();
        link.send(ProvisioningMessage.newBuilder()
                .setRefused(
                        io.kryla.v1.Refused.newBuilder().setCode("odd\ncode").setDetail("a\u0007b"))
                .build()
                .toByteArray());
        assertThat(link.events)
                .containsExactly(new ProvisioningEvent.ConversationRefused("", RefusalCodes.BAD_STATE, "a?b", true));
    }

    private Unit unit() {
        return line.line
                .ledger
                .unitOfKey(airframe.identityKey().key().spkiSha256())
                .orElseThrow();
    }

    private ConversationLink link() {
        return ConversationLink.to(line.provisioning(), airframe.identityKey().key());
    }

    private ProvisioningOutcome withPkcs10(byte[] pkcs10) {
        return airframe.start()
                .provision(link().changingWhatTheAirframeSays(changing(
                        message -> message.getCertRequestBuilder().setPkcs10(ByteString.copyFrom(pkcs10)),
                        ProvisioningMessage::hasCertRequest)));
    }

    private BirthRecord birthRecord(String serial) {
        try {
            return BirthRecord.parseFrom(Envelope.parseFrom(line.line
                            .ledger
                            .document(serial, UnitDocuments.BIRTH_RECORD)
                            .orElseThrow())
                    .getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static io.kryla.v1.BirthCommit birthOf(BenchAirframe other) {
        try {
            return io.kryla.v1.BirthCommit.parseFrom(
                    other.storage.read(StorageEntry.BIRTH_COMMIT).orElseThrow());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Iterable<ByteString> issuedTo(BenchAirframe other) {
        try {
            return io.kryla.v1.CertIssue.parseFrom(
                            other.storage.read(StorageEntry.CERT_ISSUE).orElseThrow())
                    .getChainList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(ProvisioningOutcome outcome, String code, boolean byAirframe) {
        assertThat(outcome).isInstanceOfSatisfying(ProvisioningOutcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.byAirframe()).isEqualTo(byAirframe);
        });
    }
}
