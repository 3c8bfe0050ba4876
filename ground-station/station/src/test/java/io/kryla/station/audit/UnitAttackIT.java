package io.kryla.station.audit;

import static io.kryla.station.audit.AuditAssert.assertThatFolder;
import static io.kryla.station.audit.PublishedFolder.DE;
import static io.kryla.station.audit.PublishedFolder.GB;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.pki.PartyName;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.VerificationKey;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.founding.WorldPlan;
import io.kryla.v1.Capsule;
import io.kryla.v1.FileManifest;
import io.kryla.v1.FileRole;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What belongs to one unit or one line, replaced by something else: first as it is, then in a manifest made to fit. */
class UnitAttackIT {
    private PublishedFolder folder;
    private DishonestLine german;
    private DishonestLine british;
    private String chain;
    private String capsule;

    @BeforeEach
    void given() {
        folder = PublishedFolder.shared();
        german = new DishonestLine(folder, DE);
        british = new DishonestLine(folder, GB);
        chain = "airframes/" + folder.serial(DE) + "/chain.pem";
        capsule = "handover/" + folder.serial(DE) + ".capsule";
    }

    @AfterEach
    void undo() {
        folder.restore();
    }

    @Test
    void aCertificateOfTheOtherLineIsOfAnotherLicense() {
        folder.write(chain, folder.bytes("airframes/" + folder.serial(GB) + "/chain.pem"));
        assertThatFolder(folder).isRefusedFor("HASH_MISMATCH", chain);
        german.remakeManifest();
        assertThatFolder(folder).isRefusedFor("POLICY", chain).butNotFor("HASH_MISMATCH");
    }

    @Test
    void aSecondCertificateOfTheSameUnitIsNotTheOneThatWasBorn() {
        X509Certificate born = DocumentFiles.readChain(folder.file(chain)).leaf();
        CertificateChain second = german.lineCa()
                .issueIdevid(
                        VerificationKey.of(born.getPublicKey()),
                        "1.3.6.1.4.1.32473.2.1",
                        WorldPlan.DESIGN_OID,
                        folder.serial(DE),
                        born.getNotBefore().toInstant());
        folder.write(folder.file(chain), pem(second));
        german.remakeManifest();
        assertThatFolder(folder).isRefusedFor("BIRTH_MISMATCH", "airframes/" + folder.serial(DE) + "/birth.dsse");
    }

    @Test
    void aVoucherEntryCutOutBreaksTheChain() throws InvalidProtocolBufferException {
        Capsule whole = Capsule.parseFrom(folder.bytes(capsule));
        folder.write(capsule, whole.toBuilder().removeSteps(0).build().toByteArray());
        assertThatFolder(folder).isRefusedFor("HASH_MISMATCH", capsule);
        german.remakeManifest();
        assertThatFolder(folder).isRefusedFor("CHAIN_BROKEN", capsule).butNotFor("HASH_MISMATCH");
    }

    @Test
    void theLastVoucherEntryCutOutLeavesAReceiptOfSomebodyElse() throws InvalidProtocolBufferException {
        Capsule whole = Capsule.parseFrom(folder.bytes(capsule));
        folder.write(capsule, whole.toBuilder().removeSteps(1).build().toByteArray());
        german.remakeManifest();
        assertThatFolder(folder).isRefusedFor("RECEIPT_SIGNATURE", capsule);
    }

    @Test
    void theOtherUnitsCapsuleIsOfAnotherSerial() {
        folder.write(capsule, folder.bytes("handover/" + folder.serial(GB) + ".capsule"));
        german.remakeManifest();
        assertThatFolder(folder).isRefusedFor("SERIAL_MISMATCH", capsule);
    }

    @Test
    void aFileThatNobodyListsIsUnknown() {
        folder.write("airframes/" + folder.serial(DE) + "/notes.txt", new byte[] {1});
        folder.write("crls/other.crl", folder.bytes("crls/root.crl"));
        assertThatFolder(folder)
                .isRefusedFor("UNKNOWN_FILE", "airframes/" + folder.serial(DE) + "/notes.txt")
                .isRefusedFor("UNKNOWN_FILE", "crls/other.crl");
    }

    @Test
    void aFileThatTheLineListsButNothingVouchesForIsUnknownToo() {
        String notes = "airframes/" + folder.serial(DE) + "/notes.txt";
        folder.write(notes, new byte[] {1});
        german.remakeManifest(notes);
        assertThatFolder(folder).isRefusedFor("UNKNOWN_FILE", notes);
    }

    @Test
    void aFileOfTheOtherLineIsNotTheLinesToList() {
        String foreign = "airframes/" + folder.serial(GB) + "/birth.dsse";
        SortedMap<String, FileRole> without = roles(british.manifest());
        without.remove(foreign);
        british.write(
                without,
                british.station(),
                Instant.ofEpochSecond(british.manifest().getSignedAtUnixSeconds()));
        german.remakeManifest(foreign);
        assertThatFolder(folder).isRefusedFor("MANIFEST_MALFORMED", foreign);
    }

    @Test
    void everyMissingFileOfAUnitIsMissedByTheProofsToo() {
        String serial = folder.serial(DE);
        List<String> units =
                folder.list("").stream().filter(path -> path.contains(serial)).toList();
        units.forEach(folder::remove);
        german.remakeManifest();
        AuditAssert audited = assertThatFolder(folder);
        // Nothing is left that says of whom a report is.
        units.stream().filter(path -> !isReport(path)).forEach(path -> audited.isRefusedFor("FILE_MISSING", path));
    }

    @Test
    void everyMissingDocumentIsMissed() {
        for (String path : folder.list("")) {
            if (path.indexOf('/') < 0
                    || path.startsWith("certificates/")
                    || path.startsWith("crls/")
                    || path.startsWith("licenses/")
                    || path.startsWith("firmware/")) {
                folder.remove(path);
                assertThatFolder(folder).isRefusedFor("FILE_MISSING", path);
                folder.restore();
            }
        }
        folder.remove("authorisations/DE-01.dsse");
        assertThatFolder(folder).isRefusedFor("AUTHORISATION_UNKNOWN", "ledgers/DE-01/tile/entries/000.p/6");
    }

    @Test
    void aRoleThatTheLineMadeUpIsNotBelieved() {
        String recording = "flights/" + folder.serial(DE) + "/flight.mcap";
        SortedMap<String, FileRole> roles = roles(german.manifest());
        roles.put(recording, FileRole.FILE_ROLE_DERIVED);
        german.write(
                roles, german.station(), Instant.ofEpochSecond(german.manifest().getSignedAtUnixSeconds()));
        assertThatFolder(folder).isRefusedFor("MANIFEST_MALFORMED", recording);
    }

    @Test
    void aManifestIsNotOfTheFuture() {
        german.write(roles(german.manifest()), german.station(), Instant.parse("2026-12-02T07:00:00Z"));
        assertThatFolder(folder).isRefusedFor("MANIFEST_TIME", "manifest-DE-01.dsse");
    }

    @Test
    void theOtherLinesStationSignsNothingForThisLine() {
        german.remakeManifest(british.station());
        assertThatFolder(folder).isRefusedFor("NAME", "manifest-DE-01.dsse");
    }

    @Test
    void aStationThatALineNamedAfterAnotherLineSignsNothingForThat() {
        PartyName british = PartyName.ofSubject(DocumentFiles.readChain(folder.files.stationChain(GB))
                .certificates()
                .get(1));
        TlsIdentity genuine = german.station();
        CertificateChain named = german.operationsCaNaming(british)
                .issueStation(
                        genuine.key().key(),
                        "station-GB-01",
                        WorldPlan.STATION_ROLE,
                        genuine.chain().leaf().getNotBefore().toInstant());
        this.british.remakeManifest(new TlsIdentity(genuine.key(), named));
        assertThatFolder(folder).isRefusedFor("NAME", "manifest-GB-01.dsse");
    }

    @Test
    void authorisationsOfTheOtherLedgerAreNotOfThis() {
        byte[] german = folder.bytes("authorisations/DE-01.dsse");
        folder.write("authorisations/DE-01.dsse", folder.bytes("authorisations/GB-01.dsse"));
        folder.write("authorisations/GB-01.dsse", german);
        assertThatFolder(folder)
                .isRefusedFor("AUTHORISATION_LEDGER", "authorisations/DE-01.dsse")
                .isRefusedFor("AUTHORISATION_LEDGER", "authorisations/GB-01.dsse");
    }

    @Test
    void licensesOfTheOtherLineAreNotOfThis() {
        folder.write("licenses/DE-01.dsse", folder.bytes("licenses/GB-01.dsse"));
        assertThatFolder(folder).isRefusedFor("LICENSE_MISMATCH", "licenses/DE-01.dsse");
    }

    @Test
    void listsOfRevocationsCannotBeSwapped() {
        folder.write("crls/DE-01-line.crl", folder.bytes("crls/GB-01-line.crl"));
        assertThatFolder(folder).isRefusedFor("CRL_SIGNATURE", "crls/DE-01-line.crl");
    }

    private static SortedMap<String, FileRole> roles(FileManifest manifest) {
        SortedMap<String, FileRole> roles = new TreeMap<>();
        manifest.getFilesList().forEach(file -> roles.put(file.getPath(), file.getRole()));
        return roles;
    }

    private static byte[] pem(CertificateChain chain) {
        StringBuilder pem = new StringBuilder();
        chain.certificates().forEach(one -> pem.append(Certificates.toPem(one)));
        return pem.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isReport(String path) {
        return path.endsWith("/report.html") || path.endsWith("/report.pdf") || path.endsWith("/verdict.junit.xml");
    }
}
