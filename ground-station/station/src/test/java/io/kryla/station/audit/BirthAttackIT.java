package io.kryla.station.audit;

import static io.kryla.station.audit.AuditAssert.assertThatFolder;
import static io.kryla.station.audit.PublishedFolder.DE;
import static io.kryla.station.audit.PublishedFolder.MADE;

import com.google.protobuf.ByteString;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.pki.Revocation;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.identity.Certificates;
import io.kryla.keys.Digest;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.BirthRecord;
import io.kryla.v1.Envelope;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.License;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Births that never should have been: signed by the station, in a ledger that the witness was talked into cosigning. */
class BirthAttackIT {
    private PublishedFolder folder;
    private DishonestLine line;
    private PublicFolder.AirframeFiles files;
    private Path license;

    @BeforeEach
    void given() {
        folder = PublishedFolder.shared();
        line = new DishonestLine(folder, DE);
        files = folder.files.airframe(folder.serial(DE));
        license = folder.files.license(DE);
    }

    @AfterEach
    void undo() {
        folder.restore();
    }

    @Test
    void aMeasurementOutsideItsLimits() {
        BirthRecord.Builder record = record().toBuilder();
        record.getMeasurementsBuilder(0).setValue(record.getMeasurements(0).getUpperLimit() + 1);
        bear(record.build());
        assertThatFolder(folder)
                .isRefusedFor("MEASUREMENT_FAILED", folder.path(files.birthRecord()))
                .isRefusedFor(
                        "BIRTH_MISMATCH",
                        folder.path(folder.files.flight(folder.serial(DE)).recording()))
                .butNotFor("HASH_MISMATCH");
    }

    @Test
    void aMeasurementThatIsNoNumber() {
        BirthRecord.Builder record = record().toBuilder();
        record.getMeasurementsBuilder(0).setValue(Double.NaN);
        bear(record.build());
        assertThatFolder(folder).isRefusedFor("MEASUREMENT_FAILED", folder.path(files.birthRecord()));
    }

    @Test
    void firmwareOfAVersionThatNobodyReleased() {
        bear(record().toBuilder().setFirmwareVersion("of our own").build());
        assertThatFolder(folder).isRefusedFor("FIRMWARE_MISMATCH", folder.path(files.birthRecord()));
    }

    @Test
    void anImageThatNobodyReleased() {
        ByteString image = ByteString.copyFrom(Digest.sha256(new byte[] {1}).bytes());
        bear(record().toBuilder().setFirmwareSha256(image).build());
        assertThatFolder(folder)
                .isRefusedFor("FIRMWARE_MISMATCH", folder.path(files.birthRecord()))
                .butNotFor("HASH_MISMATCH");
    }

    @Test
    void aReleaseOlderThanTheLicensesFloor() {
        folder.write(
                license,
                folder.licensed(licensed().toBuilder().setFirmwareFloor(2).build()));
        assertThatFolder(folder).isRefusedFor("FIRMWARE_FLOOR", folder.path(files.birthRecord()));
    }

    @Test
    void aCertificateByAnotherLineCaThanTheLicenses() {
        ByteString other = ByteString.copyFrom(Digest.sha256(new byte[] {2}).bytes());
        folder.write(
                license,
                folder.licensed(licensed().toBuilder().setLineCaKeySha256(other).build()));
        assertThatFolder(folder).isRefusedFor("LINE_CA_MISMATCH", folder.path(files.chain()));
    }

    @Test
    void aCertificateThatWasRevoked() {
        var revoked = List.of(
                Revocation.of(DocumentFiles.readChain(files.chain()).leaf(), MADE, Revocation.Reason.KEY_COMPROMISE));
        folder.write(
                folder.files.crl(DE + "-line"),
                Certificates.toDer(line.lineCa().revocationList(2, MADE, MADE.plus(Duration.ofDays(30)), revoked)));
        assertThatFolder(folder).isRefusedFor("REVOKED", folder.path(files.chain()));
    }

    @Test
    void aCertificateWhoseIssuersListIsGone() {
        folder.remove("crls/DE-01-line.crl");
        assertThatFolder(folder).isRefusedFor("CRL_STALE", folder.path(files.chain()));
    }

    private BirthRecord record() {
        return folder.payload(files.birthRecord(), BirthRecord.parser());
    }

    private License licensed() {
        return folder.payload(license, License.parser());
    }

    /** Record, leaf, checkpoint, cosignature, proof and manifest, all of this other birth. */
    private void bear(BirthRecord record) {
        Envelope signed = line.signed(PayloadType.BIRTH_RECORD, record);
        RemadeLedger ledger = line.ledger();
        LedgerLeaf.Builder leaf = ledger.leaf(0).toBuilder();
        leaf.getBornBuilder()
                .setFirmwareSha256(record.getFirmwareSha256())
                .setBirthRecordSha256(ByteString.copyFrom(
                        Digest.sha256(signed.getPayload().toByteArray()).bytes()));
        ledger.set(0, leaf);
        SignedCheckpoint cosigned = line.collude(ledger, MADE);
        folder.write(files.birthRecord(), signed);
        folder.write(files.birthProof(), FlightProofFile.encode(ledger.proof(0, cosigned)));
        line.remakeManifest();
    }
}
