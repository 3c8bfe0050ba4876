package io.kryla.factory.provisioning;

import static io.kryla.factory.provisioning.ChangedMessage.changing;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.factory.birth.AcceptedUnit;
import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.ledger.UnitState;
import io.kryla.factory.license.LicensorDesk;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.v1.Envelope;
import io.kryla.v1.License;
import io.kryla.v1.ProvisioningMessage;
import io.kryla.v1.TrustBundle;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What line and airframe hold against each other between the certificate and the birth. */
class InstallationRefusalTest {
    private static final ByteString OTHER =
            ByteString.copyFrom(AcceptedUnit.sha("something else").bytes());

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
    void theLineRefusesAnAirframeThatStoredAnotherCertificate() {
        assertRefused(
                airframeSays(
                        message -> message.getCertStoredBuilder().setCertificateSha256(OTHER),
                        ProvisioningMessage::hasCertStored),
                RefusalCodes.INSTALLATION_MISMATCH,
                false);
    }

    @Test
    void theLineRefusesAnInstallationThatReadsBackOtherwise() {
        assertRefused(
                airframeSays(
                        message -> message.getInstalledBuilder().setFirmwareSha256(OTHER),
                        ProvisioningMessage::hasInstalled),
                RefusalCodes.INSTALLATION_MISMATCH,
                false);
        assertRefused(
                airframeSays(
                        message -> message.getInstalledBuilder().setCertificateSha256(OTHER),
                        ProvisioningMessage::hasInstalled),
                RefusalCodes.INSTALLATION_MISMATCH,
                false);
        var unit = line.line
                .ledger
                .unitOfKey(airframe.identityKey().key().spkiSha256())
                .orElseThrow();
        assertThat(unit.state()).isEqualTo(UnitState.INSTALLED);
        assertThat(line.line.ledger.leaves(unit.serial())).isEmpty();
        line.born(airframe);
    }

    @Test
    void theLineRefusesAnAirframeThatStoredAnotherBirth() {
        ConversationLink link = link();
        airframe.start()
                .provision(link.changingWhatTheAirframeSays(changing(
                        message -> message.getBirthStoredBuilder().setBirthRecordSha256(OTHER),
                        ProvisioningMessage::hasBirthStored)));
        assertThat(link.events)
                .last()
                .isInstanceOfSatisfying(
                        ProvisioningEvent.ConversationRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(RefusalCodes.BIRTH_MISMATCH));
    }

    @Test
    void theAirframeRefusesFirmwareBelowTheLicensesFloor() {
        License raised = line.license.content().toBuilder().setFirmwareFloor(2).build();
        assertRefused(withLicense(raised), RefusalCodes.FIRMWARE_FLOOR, true);
        assertThat(airframe.installations).isZero();
    }

    @Test
    void theAirframeRefusesFirmwareOfAnotherDesign() {
        var other = line.firmware.content().toBuilder().setDesignOid("1.2.3").build();
        Envelope signed = line.licensor.desk.approve(
                line.licensor.desk.proposeFirmware(other, line.licensor.licenseKeys.get(0)),
                line.licensor.licenseKeys.get(1));
        assertRefused(
                stationSays(
                        message -> message.getFirmwareRequestBuilder().setManifest(signed),
                        ProvisioningMessage::hasFirmwareRequest),
                RefusalCodes.FIRMWARE_MISMATCH,
                true);
        assertThat(airframe.installations).isZero();
    }

    @Test
    void theAirframeRefusesALicenseForAnotherDesignLineOrLineCa() {
        License license = line.license.content();
        for (License other : new License[] {
            license.toBuilder().setDesignOid("1.2.3").build(),
            license.toBuilder().setLine("GB-01").build(),
            license.toBuilder().setSerialPrefix("KRY08GB1").build(),
            license.toBuilder().setLineCaKeySha256(OTHER).build()
        }) {
            assertRefused(withLicense(other), RefusalCodes.LICENSE_MISMATCH, true);
            assertThat(airframe.storage.read(StorageEntry.CERT_ISSUE)).isEmpty();
        }
    }

    @Test
    void theAirframeRefusesAStationOfAnotherRoot() {
        BenchAirframe foreign = new BenchAirframe("foreign", new TestLicensor(), line.line.clock);
        assertRefused(line.provision(foreign), "PATH", true);
        assertThat(foreign.storage.read(StorageEntry.CLAIM_GRANT)).isEmpty();
    }

    @Test
    void theAirframeRefusesATrustBundleOlderThanTheOneItHas() throws InvalidProtocolBufferException {
        TrustBundle first =
                TrustBundle.parseFrom(line.licensor.bundle.envelope().getPayload());
        Envelope second = LicensorDesk.issueBundle(
                        first.toBuilder()
                                .setRevision(2)
                                .setPreviousSha256(ByteString.copyFrom(Digest.sha256(line.licensor
                                                .bundle
                                                .envelope()
                                                .getPayload()
                                                .toByteArray())
                                        .bytes()))
                                .build(),
                        line.licensor.root.certificate(),
                        line.licensor.rootKey)
                .envelope();
        airframe.measured.put("gyro.bias", 0.2);
        assertRefused(
                stationSays(
                        message -> message.getCertIssueBuilder().setTrustBundle(second),
                        ProvisioningMessage::hasCertIssue),
                RefusalCodes.SELF_TEST_FAILED,
                false);
        assertRefused(line.provision(airframe), "BUNDLE_ROLLBACK", true);
    }

    @Test
    void theAirframeRefusesAnotherSerialOnceItIsCertified() {
        airframe.measured.put("gyro.bias", 0.2);
        assertRefused(line.provision(airframe), RefusalCodes.SELF_TEST_FAILED, false);
        assertRefused(
                stationSays(
                        message -> message.getClaimGrantBuilder()
                                .setSerial("KRY08DE19999999")
                                .setOriginPrefix("kryla.example/flight/KRY08DE19999999"),
                        ProvisioningMessage::hasClaimGrant),
                RefusalCodes.SERIAL_MISMATCH,
                true);
    }

    private ProvisioningOutcome withLicense(License license) {
        Envelope signed = line.licensor.sign(license);
        return stationSays(
                message -> message.getCertIssueBuilder().setLicense(signed), ProvisioningMessage::hasCertIssue);
    }

    private ProvisioningOutcome stationSays(
            Consumer<ProvisioningMessage.Builder> change, Predicate<ProvisioningMessage> which) {
        return airframe.start().provision(link().changingWhatTheStationSays(changing(change, which)));
    }

    private ProvisioningOutcome airframeSays(
            Consumer<ProvisioningMessage.Builder> change, Predicate<ProvisioningMessage> which) {
        return airframe.start().provision(link().changingWhatTheAirframeSays(changing(change, which)));
    }

    private ConversationLink link() {
        return ConversationLink.to(line.provisioning(), airframe.identityKey().key());
    }

    private static void assertRefused(ProvisioningOutcome outcome, String code, boolean byAirframe) {
        assertThat(outcome).isInstanceOfSatisfying(ProvisioningOutcome.Refused.class, refused -> {
            assertThat(refused.code()).as(refused.detail()).isEqualTo(code);
            assertThat(refused.byAirframe()).isEqualTo(byAirframe);
        });
    }
}
