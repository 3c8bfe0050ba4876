package io.kryla.station.line;

import io.kryla.factory.operators.BadgeDesk;
import io.kryla.factory.operators.Card;
import io.kryla.factory.pki.Revocation;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.TlsIdentity;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.outcome.CommandFailure;
import java.nio.file.Path;
import java.time.Instant;

/** The badge desk of a line, on the line's folder and with its operations CA's key. */
public final class LineBadges {
    private final Premises premises;
    private final LineRevocations revocations;
    private final BadgeDesk desk;

    private LineBadges(Premises premises, LineRevocations revocations, BadgeDesk desk) {
        this.premises = premises;
        this.revocations = revocations;
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
        LineRevocations revocations = new LineRevocations(premises, line);
        TlsIdentity station = new TlsIdentity(
                premises.keys().read(files.key("station")), DocumentFiles.readChain(files.chain("station")));
        BadgeDesk desk = new BadgeDesk(
                line,
                revocations.operationsCa(),
                premises.bundle(),
                () -> new CrlSet(
                        premises.crls(), CrlProfile.LINE, premises.clock().instant()),
                new BadgeRegisterFile(
                        files.badges(), line, premises.bundle(), premises.crls(), station, premises.clock()),
                premises.clock(),
                premises.random());
        return new LineBadges(premises, revocations, desk);
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
        Instant now = premises.clock().instant();
        return revocations.publishOperations(lost.certificates().keySet().stream()
                .map(serial -> new Revocation(serial, now, Revocation.Reason.KEY_COMPROMISE))
                .toList());
    }
}
