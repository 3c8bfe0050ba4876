package io.kryla.factory.provisioning;

import static io.kryla.factory.provisioning.ChangedMessage.changing;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.Certificates;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Signer;
import io.kryla.v1.ProvisioningMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A birth record counts by the word of the airframe's own line, whoever else the root lets be a station. */
class BirthRecordSignerTest {
    private static final PartyName OTHER_LINE = PartyName.ofLine("GB", "Licence Ltd", "GB-01");

    private BirthLine line;
    private BenchAirframe airframe;
    private Signer foreignKey;

    @BeforeEach
    void given(@TempDir Path folder) {
        line = BirthLine.in(folder, 1);
        airframe = line.board("A");
        foreignKey = line.licensor.p384();
    }

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void theAirframeTakesTheSameRecordFromAnyStationOfItsOwnLine() {
        OperationsCa own = line.licensor.operationsCa;
        assertThat(bornBy(own, own)).isInstanceOf(ProvisioningOutcome.Born.class);
    }

    @Test
    void theAirframeRefusesARecordThatTheOtherLinesStationSigned() {
        OperationsCa foreign = operationsCa(OTHER_LINE);
        assertRefusedForItsName(bornBy(foreign, foreign));
    }

    @Test
    void theAirframeRefusesAStationThatTheOtherLineNamedAfterItsOwn() {
        OperationsCa foreign = operationsCa(OTHER_LINE);
        OperationsCa named = OperationsCa.open(foreign.chain(), TestLicensor.LINE, foreignKey, line.licensor.random);
        assertRefusedForItsName(bornBy(named, foreign));
    }

    /** The genuine record, signed again by a station of another party; what revocation lists that takes are there. */
    private ProvisioningOutcome bornBy(OperationsCa issuer, OperationsCa lists) {
        Signer key = line.licensor.p256();
        TlsIdentity station = new TlsIdentity(
                key, issuer.issueStation(key.key(), "station-2", TestLicensor.STATION_OID, TestLicensor.START));
        var crl = ByteString.copyFrom(Certificates.toDer(
                lists.emptyRevocationList(1, TestLicensor.START, TestLicensor.START.plus(Duration.ofDays(30)))));
        UnaryOperator<byte[]> listed =
                changing(message -> message.getCertIssueBuilder().addCrls(crl), ProvisioningMessage::hasCertIssue);
        UnaryOperator<byte[]> signed = changing(
                message -> message.getBirthCommitBuilder()
                        .setBirthRecord(CertifiedEnvelope.sign(
                                PayloadType.BIRTH_RECORD,
                                message.getBirthCommit()
                                        .getBirthRecord()
                                        .getPayload()
                                        .toByteArray(),
                                station)),
                ProvisioningMessage::hasBirthCommit);
        return airframe.start()
                .provision(ConversationLink.to(
                                line.provisioning(), airframe.identityKey().key())
                        .changingWhatTheStationSays(bytes -> signed.apply(listed.apply(bytes))));
    }

    private OperationsCa operationsCa(PartyName party) {
        return OperationsCa.open(
                line.licensor.designCa.issueOperationsCa(
                        party, foreignKey.key(), List.of(TestLicensor.STATION_OID), TestLicensor.START),
                party,
                foreignKey,
                line.licensor.random);
    }

    private void assertRefusedForItsName(ProvisioningOutcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(ProvisioningOutcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(RefusalCodes.BIRTH_MISMATCH);
            assertThat(refused.detail()).contains("NAME");
            assertThat(refused.byAirframe()).isTrue();
        });
        assertThat(airframe.storage.read(StorageEntry.BIRTH_COMMIT)).isEmpty();
    }
}
