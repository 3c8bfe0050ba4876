package io.kryla.station.cli;

import io.kryla.factory.audit.AuditFinding;
import io.kryla.factory.audit.AuditOrder;
import io.kryla.factory.audit.AuditReport;
import io.kryla.factory.audit.FolderAudit;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.identity.Certificates;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.station.outcome.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla audit}. */
@Command(
        name = "audit",
        description = "Audit a published folder offline, from the licensor's root certificate alone.",
        mixinStandardHelpOptions = true)
final class AuditCommand extends KrylaCommand {
    @Parameters(paramLabel = "DIR", description = "The folder, for example kryla-demo.")
    @SuppressWarnings("NullAway.Init") // required
    private Path folder;

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "The licensor's root certificate, PEM, from elsewhere (default: the folder's own copy).")
    private @Nullable Path root;

    @Option(
            names = "--known-checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint that you have seen before: its ledger must extend it.")
    private @Nullable Path knownCheckpoint;

    @Override
    CommandResult run(FrontDoor door) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw CommandFailure.usage("FILE_MISSING", "no such folder", folder.toString(), "check the path");
        }
        Path rootFile = root != null ? root : new PublicFolder(absolute).rootCertificate();
        Optional<X509Certificate> anchor = Certificates.fromPem(DocumentFiles.read(rootFile));
        if (anchor.isEmpty()) {
            return notACertificate(rootFile);
        }
        AuditReport report = FolderAudit.audit(new AuditOrder(
                absolute,
                anchor.get(),
                Optional.ofNullable(knownCheckpoint).map(DocumentFiles::read),
                door.wallClock().instant()));
        return result(report, anchor.get());
    }

    private CommandResult notACertificate(Path file) {
        if (root != null) {
            throw CommandFailure.usage(
                    "FILE_MALFORMED", "not a certificate in PEM", file.toString(), "name the licensor's root");
        }
        Finding finding = new Finding("MALFORMED", "root.pem", "whole file", "not a certificate in PEM");
        return CommandResult.failed(List.of(), List.of(finding), List.of(), Map.of());
    }

    private CommandResult result(AuditReport report, X509Certificate anchor) {
        AuditText text = new AuditText(report, Certificates.sha256(anchor), root != null);
        List<Finding> findings =
                report.findings().stream().map(AuditCommand::finding).toList();
        return findings.isEmpty()
                ? CommandResult.pass(text.lines(), List.of(folder), text.details())
                : new CommandResult(
                        ExitStatus.FAILED, findings.get(0).code(), text.lines(), findings, List.of(), text.details());
    }

    static Finding finding(AuditFinding found) {
        return new Finding(found.code(), found.file(), found.where(), found.reason());
    }
}
