package io.kryla.station.line;

import io.kryla.factory.pki.LineCa;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.pki.Revocation;
import io.kryla.factory.pki.RevocationLists;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.outcome.CommandFailure;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The revocation lists of a line's own CAs: each follows the one that is published. */
public final class LineRevocations {
    private static final Duration CRL_VALIDITY = Duration.ofDays(30);

    private final Premises premises;
    private final String line;

    public LineRevocations(Premises premises, String line) {
        this.premises = premises;
        this.line = line;
    }

    /** Fresh lists of both CAs, which say what the ones before them said. */
    public List<Path> renew() {
        return List.of(publishOperations(List.of()), publish("line", lineCa(), List.of()));
    }

    /** The operations CA's next list, with these on it. */
    Path publishOperations(Collection<Revocation> added) {
        return publish("operations", operationsCa(), added);
    }

    OperationsCa operationsCa() {
        PrivateFolder.LineFiles files = premises.privateFolder().line(line);
        CertificateChain chain = DocumentFiles.readChain(files.chain("operations-ca"));
        return OperationsCa.open(
                chain,
                PartyName.ofSubject(chain.leaf()),
                premises.keys().read(files.key("operations-ca")),
                premises.random());
    }

    private LineCa lineCa() {
        PrivateFolder.LineFiles files = premises.privateFolder().line(line);
        CertificateChain chain = DocumentFiles.readChain(files.chain("line-ca"));
        return LineCa.open(
                chain,
                PartyName.ofSubject(chain.leaf()),
                premises.keys().read(files.key("line-ca")),
                premises.random());
    }

    private Path publish(String authority, RevocationLists issuer, Collection<Revocation> added) {
        Path file = premises.publicFolder().crl(line + "-" + authority);
        Instant now = premises.clock().instant();
        X509CRL previous = Certificates.crlFromDer(DocumentFiles.read(file))
                .orElseThrow(() -> CommandFailure.usage(
                        "FILE_MALFORMED", "not a revocation list", file.toString(), "restore it from a copy"));
        DocumentFiles.write(
                file, Certificates.toDer(issuer.nextRevocationList(previous, now, now.plus(CRL_VALIDITY), added)));
        return file;
    }
}
