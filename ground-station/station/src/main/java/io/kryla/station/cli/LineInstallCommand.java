package io.kryla.station.cli;

import io.kryla.factory.manifest.PublicFolder;
import io.kryla.station.folder.BenchKeys;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.keys.PinFile;
import io.kryla.station.line.LineInstallation;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.v1.License;
import io.kryla.v1.LineDelivery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla line install}. */
@Command(
        name = "install",
        description = "Take in what the licensor sent: license, certificates, trust bundle, revocation lists, firmware"
                + " manifest. All of it is verified first.",
        mixinStandardHelpOptions = true)
final class LineInstallCommand extends KrylaCommand {
    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "The line's folder.")
    @SuppressWarnings("NullAway.Init") // required
    private Path folder;

    @Parameters(paramLabel = "DELIVERY", description = "What 'kryla licensor deliver' wrote.")
    @SuppressWarnings("NullAway.Init") // required
    private Path delivery;

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description =
                    "The root certificate, the first time: as the licensor handed it over, not as the delivery has it.")
    private @Nullable Path root;

    @Option(names = "--pin-file", paramLabel = "FILE", description = "File with the token's PIN, mode 600.")
    private @Nullable Path pinFile;

    @Override
    CommandResult run(FrontDoor door) {
        LineDelivery content = LineInstallation.read(delivery);
        PublicFolder publicFolder = new PublicFolder(folder.toAbsolutePath().normalize());
        PrivateFolder privateFolder = PrivateFolder.beside(publicFolder.root());
        if (!Files.exists(privateFolder.passphrase())) {
            throw CommandFailure.usage(
                    "NOT_A_LINE",
                    "no private folder of a line beside it",
                    folder.toString(),
                    "begin a line with: kryla line init");
        }
        BenchKeys keys =
                BenchKeys.of(privateFolder, Optional.ofNullable(pinFile).map(PinFile::read), door.random());
        LineInstallation.Installed installed = new LineInstallation(
                        publicFolder, keys, door.wallClock(), door.random(), delivery)
                .install(content, Optional.ofNullable(root).map(DocumentFiles::readCertificate));
        List<String> lines = new ArrayList<>();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("line", installed.line());
        details.put("bundle_revision", installed.bundleRevision());
        lines.add("Line " + installed.line() + ": trust bundle revision " + installed.bundleRevision());
        if (installed.license().isPresent()) {
            License license = installed.license().get().content();
            lines.add("License " + license.getPolicyOid() + " revision " + license.getRevision() + ": "
                    + license.getQuota() + " units, until "
                    + installed.license().get().notAfter());
            details.put("license_revision", license.getRevision());
            details.put("quota", license.getQuota());
        } else {
            lines.add("No license yet: nothing can be built");
        }
        if (installed.changed().isEmpty()) {
            lines.add("Nothing new");
        }
        return CommandResult.pass(lines, installed.changed(), details);
    }
}
