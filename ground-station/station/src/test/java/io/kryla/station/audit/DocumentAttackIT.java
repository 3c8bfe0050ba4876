package io.kryla.station.audit;

import static io.kryla.station.audit.AuditAssert.assertThatFolder;
import static io.kryla.station.audit.PublishedFolder.DE;
import static io.kryla.station.audit.PublishedFolder.GB;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.identity.Certificates;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.tlog.NoteSigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TlogProof;
import io.kryla.v1.Envelope;
import io.kryla.v1.LeafProof;
import io.kryla.v1.License;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents that carry signatures of their own: too few, of others, in another's place, or with one that nobody knows. */
class DocumentAttackIT {
    private PublishedFolder folder;
    private DishonestLine line;
    private Path license;

    @BeforeEach
    void given() {
        folder = PublishedFolder.shared();
        line = new DishonestLine(folder, DE);
        license = folder.files.license(DE);
    }

    @AfterEach
    void undo() {
        folder.restore();
    }

    @Test
    void aLicenseOfOneKeyOfThreeOrOfAStranger() {
        Envelope genuine = DocumentFiles.readEnvelope(license);
        folder.write(license, genuine.toBuilder().removeSignatures(1).build());
        assertThatFolder(folder).isRefusedFor("THRESHOLD", "licenses/DE-01.dsse");
        folder.write(
                license,
                DsseSigner.add(
                        genuine.toBuilder().removeSignatures(1).build(),
                        line.station().key()));
        assertThatFolder(folder).isRefusedFor("UNKNOWN_SIGNER", "licenses/DE-01.dsse");
    }

    @Test
    void aLicenseUnderTheSignaturesOfAnother() throws InvalidProtocolBufferException {
        Envelope genuine = DocumentFiles.readEnvelope(license);
        License more =
                License.parseFrom(genuine.getPayload()).toBuilder().setQuota(4).build();
        folder.write(
                license, genuine.toBuilder().setPayload(more.toByteString()).build());
        assertThatFolder(folder).isRefusedFor("BAD_SIGNATURE", "licenses/DE-01.dsse");
    }

    @Test
    void aLicenseThatPairsTheLineWithTheOtherLedger() {
        License genuine = folder.payload(license, License.parser());
        License other = folder.payload(folder.files.license(GB), License.parser());
        folder.write(
                license,
                folder.licensed(genuine.toBuilder()
                        .setLedgerOrigin(other.getLedgerOrigin())
                        .build()));
        assertThatFolder(folder).isRefusedFor("FOREIGN", "licenses/DE-01.dsse");
    }

    @Test
    void aDocumentOfAnotherKindInItsPlace() {
        folder.write("firmware/manifest.dsse", folder.read(license));
        assertThatFolder(folder).isRefusedFor("WRONG_TYPE", "firmware/manifest.dsse");
        folder.write("trust-bundle.dsse", new byte[] {1, 2, 3});
        assertThatFolder(folder).isRefusedFor("MALFORMED", "trust-bundle.dsse");
    }

    @Test
    void anAuthorityThatNobodyCertifiedAsOne() {
        var station = DocumentFiles.readChain(folder.files.stationChain(DE)).leaf();
        folder.write(
                "certificates/DE-01-operations.pem", Certificates.toPem(station).getBytes(US_ASCII));
        assertThatFolder(folder).isRefusedFor("PATH", "certificates/DE-01-operations.pem");
    }

    @Test
    void theOtherLinesStationInTheLinesPlace() {
        folder.write("certificates/DE-01-station.pem", folder.bytes("certificates/GB-01-station.pem"));
        line.remakeManifest();
        assertThatFolder(folder)
                .isRefusedFor("NAME", "certificates/DE-01-station.pem")
                .butNotFor("HASH_MISMATCH");
    }

    @Test
    void theOtherLinesLedgerInTheLinesPlace() {
        for (String path : folder.list("ledgers/GB-01/")) {
            folder.write(path.replace(GB, DE), folder.bytes(path));
        }
        line.remakeManifest();
        assertThatFolder(folder)
                .isRefusedFor("WRONG_ORIGIN", "ledgers/DE-01/checkpoint")
                .butNotFor("HASH_MISMATCH");
    }

    @Test
    void aCheckpointOrProofWithASignatureThatNobodyKnows() {
        SignedCheckpoint genuine = line.ledger().genuine();
        SignedCheckpoint marked = genuine.with(NoteSigner.of(
                        "stranger.example", SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom()))
                .sign(genuine.note().text()));
        folder.write("ledgers/DE-01/checkpoint", marked.bytes());
        line.remakeManifest();
        assertThatFolder(folder).isRefusedFor("BAD_NOTE", "ledgers/DE-01/checkpoint");
        folder.restore();

        Path proof = folder.files.flight(folder.serial(DE)).anchor();
        LeafProof anchor = FlightProofFile.decode(folder.read(proof)).orElseThrow();
        TlogProof parsed = TlogProof.parse(anchor.getTlogProof().toByteArray()).orElseThrow();
        SignedCheckpoint under = parsed.signedCheckpoint();
        TlogProof markedProof = new TlogProof(
                parsed.index(),
                parsed.inclusion(),
                under.with(NoteSigner.of(
                                "stranger.example",
                                SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom()))
                        .sign(under.note().text())));
        folder.write(
                proof,
                FlightProofFile.encode(anchor.toBuilder()
                        .setTlogProof(com.google.protobuf.ByteString.copyFrom(markedProof.bytes()))
                        .build()));
        line.remakeManifest();
        assertThatFolder(folder).isRefusedFor("BAD_NOTE", folder.path(proof)).butNotFor("HASH_MISMATCH");
    }

    @Test
    void aProofOfTheOtherLedger() {
        String proof = "airframes/" + folder.serial(DE) + "/birth.tlog-proof";
        folder.write(proof, folder.bytes("airframes/" + folder.serial(GB) + "/birth.tlog-proof"));
        line.remakeManifest();
        assertThatFolder(folder).isRefusedFor("WRONG_ORIGIN", proof).butNotFor("HASH_MISMATCH");
    }

    @Test
    void aBirthRecordInTheManifestsPlace() {
        folder.write(
                folder.files.manifest(DE),
                line.signed(
                        PayloadType.BIRTH_RECORD,
                        folder.payload(folder.files.manifest(DE), io.kryla.v1.FileManifest.parser())));
        assertThatFolder(folder).isRefusedFor("WRONG_TYPE", "manifest-DE-01.dsse");
    }
}
