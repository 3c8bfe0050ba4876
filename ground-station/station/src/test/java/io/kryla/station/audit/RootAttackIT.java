package io.kryla.station.audit;

import static io.kryla.station.audit.PublishedFolder.DE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.audit.AuditReport;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.pki.RootCa;
import io.kryla.factory.replay.LedgerReplay;
import io.kryla.factory.replay.RoyaltyStatement;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.station.cli.Kryla;
import io.kryla.station.folder.DocumentFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root is what the auditor brings; the folder's own copy of it proves nothing. */
class RootAttackIT {
    private PublishedFolder folder;

    @TempDir
    Path elsewhere;

    @BeforeEach
    void given() {
        folder = PublishedFolder.shared();
    }

    @AfterEach
    void undo() {
        folder.restore();
    }

    @Test
    void aFolderOfAnotherRootIsRefused() {
        AuditReport report = folder.audit(otherRoot(), Optional.empty());
        assertThat(report.findings())
                .anyMatch(found ->
                        found.code().equals("WRONG_ROOT") && found.file().equals("root.pem"))
                .anyMatch(found ->
                        found.code().equals("UNKNOWN_SIGNER") && found.file().equals("trust-bundle.dsse"));
        assertThat(report.ledgers()).isEmpty();
    }

    @Test
    void aRootPutIntoTheFolderIsNotTheAuditors() {
        folder.write("root.pem", Certificates.toPem(otherRoot()).getBytes(US_ASCII));
        assertThat(folder.audit().findings())
                .anyMatch(found ->
                        found.code().equals("WRONG_ROOT") && found.file().equals("root.pem"));
    }

    @Test
    void theCommandSaysWhenTheRootIsTheFoldersOwn() {
        Outcome own = audit("--json");
        assertThat(own.status).isZero();
        assertThat(own.out).contains("ROOT_NOT_INDEPENDENT").contains("\"root_independent\" : false");
        assertThat(audit().out).contains("ROOT_NOT_INDEPENDENT");
    }

    @Test
    void theCommandSaysNothingOfTheKindWhenTheRootCameFromElsewhere() throws IOException {
        Path root = elsewhere.resolve("root.pem");
        Files.write(root, Certificates.toPem(folder.root).getBytes(US_ASCII));
        Outcome independent = audit("--root", root.toString());
        assertThat(independent.status).isZero();
        assertThat(independent.out).doesNotContain("ROOT_NOT_INDEPENDENT");
    }

    @Test
    void theCommandFailsWithCodeFileAndReason() {
        folder.flip("ledgers/" + DE + "/checkpoint", 40, 0);
        Outcome attacked = audit("--json");
        assertThat(attacked.status).isEqualTo(1);
        assertThat(attacked.out)
                .contains("\"ok\" : false")
                .contains("\"code\" : \"HASH_MISMATCH\"")
                .contains("\"file\" : \"ledgers/DE-01/checkpoint\"");
    }

    @Test
    void theLineComputesTheSameRoyaltyStatementFromItsOwnLeaves() {
        TrustedBundle bundle = verified(TrustedBundle.open(
                folder.root, DocumentFiles.readEnvelope(folder.files.trustBundle()), OptionalLong.empty()));
        RemadeLedger own = new DishonestLine(folder, DE).ledger();
        LedgerReplay replay = new LedgerReplay(own.checkpoint().origin());
        replay.admit(verified(VerifiedLicense.open(bundle, DocumentFiles.readEnvelope(folder.files.license(DE)))));
        replay.admit(verified(VerifiedExportAuthorisation.open(
                bundle, DocumentFiles.readEnvelope(folder.files.exportAuthorisation(DE)))));
        own.leaves.forEach(replay::append);
        RoyaltyStatement ofLine = RoyaltyStatement.of(DE, own.checkpoint(), replay.totals());
        assertThat(folder.audit().ledgers().get(0).royalty().bytes()).isEqualTo(ofLine.bytes());
        assertThat(ofLine.json()).endsWith("\"due_minor_units\":{\"EUR\":250000}}]}");
        assertThat(audit().out).contains(ofLine.json());
    }

    private static <T> T verified(DocumentResult<T> result) {
        return ((DocumentResult.Verified<T>) result).document();
    }

    private record Outcome(int status, String out) {}

    private Outcome audit(String... options) {
        StringWriter out = new StringWriter();
        String[] arguments = new String[options.length + 2];
        arguments[0] = "audit";
        arguments[1] = folder.files.root().toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        int status = Kryla.run(new PrintWriter(out, true), new PrintWriter(new StringWriter(), true), arguments);
        return new Outcome(status, out.toString());
    }

    private static X509Certificate otherRoot() {
        SecureRandom random = new SecureRandom();
        return RootCa.create(
                        PartyName.of("UA", "Demo licensor"),
                        SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random),
                        Instant.parse("2026-11-02T08:00:00Z"),
                        random)
                .certificate();
    }
}
