package io.kryla.station.line;

import io.kryla.factory.manifest.FileManifests;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.v1.FileRole;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code manifest-<line>.dsse}: the signed list of every file of a line. Written after all of them. */
public final class LineManifest {
    private final String line;
    private final String serialPrefix;
    private final boolean listsSummary;

    private LineManifest(String line, String serialPrefix, boolean listsSummary) {
        this.line = line;
        this.serialPrefix = serialPrefix;
        this.listsSummary = listsSummary;
    }

    /** Lists, hashes and signs; the summary of the whole folder is listed by the first line. */
    public static void sign(Premises premises, String line) {
        PublicFolder folder = premises.publicFolder();
        TrustedBundle bundle = premises.bundle();
        VerifiedLicense license = Premises.verified(
                VerifiedLicense.open(bundle, DocumentFiles.readEnvelope(folder.license(line))), folder.license(line));
        LineManifest manifest =
                new LineManifest(line, license.content().getSerialPrefix(), line.equals(firstLine(bundle)));
        SortedMap<String, FileRole> files = new TreeMap<>();
        for (String path : FolderFiles.list(folder.root())) {
            if (manifest.owns(path)) {
                files.put(path, role(path));
            }
        }
        PrivateFolder.LineFiles own = premises.privateFolder().line(line);
        TlsIdentity station = new TlsIdentity(
                premises.keys().read(own.key("station")), DocumentFiles.readChain(own.chain("station")));
        DocumentFiles.write(
                folder.manifest(line),
                FileManifests.write(
                        folder.root(), line, files, station, premises.clock().instant()));
    }

    /** The line that lists what belongs to the folder as a whole. */
    public static String firstLine(TrustedBundle bundle) {
        return bundle.ledgers().stream()
                .map(LedgerIdentity::line)
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    private boolean owns(String path) {
        return path.startsWith("ledgers/" + line + "/")
                || path.equals("certificates/" + line + "-station.pem")
                || path.startsWith("airframes/" + serialPrefix)
                || path.startsWith("flights/" + serialPrefix)
                || path.startsWith("handover/" + serialPrefix)
                || (listsSummary && path.equals("summary.json"));
    }

    private static FileRole role(String path) {
        if (path.endsWith("/plan.yaml") || path.endsWith("/vehicle.yaml")) {
            return FileRole.FILE_ROLE_INPUT;
        }
        return path.endsWith("/report.html")
                        || path.endsWith("/report.pdf")
                        || path.endsWith("/verdict.junit.xml")
                        || path.equals("summary.json")
                ? FileRole.FILE_ROLE_DERIVED
                : FileRole.FILE_ROLE_VOUCHED;
    }
}
