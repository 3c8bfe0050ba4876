package io.kryla.station.line;

import io.kryla.factory.operators.BadgeDesk;
import io.kryla.factory.operators.Card;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.pki.Revocation;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.TlsIdentity;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.outcome.CommandFailure;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The badge desk of a line, on the line's folder and with its operations CA's key. */
public final class LineBadges {
    private static final Duration CRL_VALIDITY = Duration.ofDays(30);

    private final Premises premises;
    private final String line;
    private final OperationsCa authority;
    private final BadgeDesk desk;

    private LineBadges(Premises premises, String line, OperationsCa authority, BadgeDesk desk) {
        this.premises = premises;
        this.line = line;
        this.authority = authority;
        this.desk = desk;
    }

    /** @throws CommandFailure LINE_UNKNOWN, or what is wrong with the folder */
    public static LineBadges open(Premises premises, String line) {
        if (premises.bundle().ledgers().stream().noneMatch(known -> known.line().equals(line))) {
            throw CommandFailure.usage(
                    "LINE_UNKNOWN",
                    "no line " + line + " in the trust bundle",
                    premises.publicFolder().trustBundle().toString(),
                    "name one of its lines");
        }
        PrivateFolder.LineFiles files = premises.privateFolder().line(line);
        CertificateChain chain = DocumentFiles.readChain(files.chain("operations-ca"));
        OperationsCa authority = OperationsCa.open(
                chain,
                PartyName.ofSubject(chain.leaf()),
                premises.keys().read(files.key("operations-ca")),
                premises.random());
        TlsIdentity station = new TlsIdentity(
                premises.keys().read(files.key("station")), DocumentFiles.readChain(files.chain("station")));
        BadgeDesk desk = new BadgeDesk(
                line,
                authority,
                premises.bundle(),
                () -> new CrlSet(
                        premises.crls(), CrlProfile.LINE, premises.clock().instant()),
                new BadgeRegisterFile(
                        files.badges(), line, premises.bundle(), premises.crls(), station, premises.clock()),
                premises.clock(),
                premises.random());
        return new LineBadges(premises, line, authority, desk);
    }

    /** Takes badges in, certifies them for a shift, judges statements. */
    public BadgeDesk desk() {
        return desk;
    }

    /**
     * Publishes the operations CA's next revocation list with the certificates of a lost badge on it: what it signs from now
     * on is refused everywhere, and what it signed this shift too.
     */
    public Path disown(Card lost) {
        Path file = premises.publicFolder().crl(line + "-operations");
        Instant now = premises.clock().instant();
        List<Revocation> revoked = lost.certificates().keySet().stream()
                .map(serial -> new Revocation(serial, now, Revocation.Reason.KEY_COMPROMISE))
                .toList();
        X509CRL previous = Certificates.crlFromDer(DocumentFiles.read(file))
                .orElseThrow(() -> CommandFailure.usage(
                        "FILE_MALFORMED", "not a revocation list", file.toString(), "restore it from a copy"));
        X509CRL next = authority.nextRevocationList(previous, now, now.plus(CRL_VALIDITY), revoked);
        DocumentFiles.write(file, Certificates.toDer(next));
        return file;
    }
}
