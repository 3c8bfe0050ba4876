package io.kryla.factory.license;

import io.kryla.factory.license.LicenseDecision.Admitted;
import io.kryla.factory.license.LicenseDecision.Rejected;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.Envelope;
import io.kryla.v1.License;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a line may build under a license: signatures and threshold, the line, the ledger, the line CA's key,
 * the serials, the revision chain, the dates.
 */
public final class LicenseAdmission {
    private final TrustedBundle bundle;
    private final LicensedLine line;

    public LicenseAdmission(TrustedBundle bundle, LicensedLine line) {
        this.bundle = bundle;
        this.line = line;
    }

    /** Judges an untrusted envelope against the revisions known; changes nothing. */
    public LicenseDecision judge(Envelope untrusted, LicenseRevisions known, Instant now) {
        LicenseDecision decision = judgeForever(untrusted, known);
        if (decision instanceof Admitted) {
            VerifiedLicense license = ((Admitted) decision).license();
            if (now.isAfter(license.notAfter())) {
                return new Rejected(
                        Rejected.LICENSE_EXPIRED,
                        "license " + license.content().getPolicyOid() + " ended at " + license.notAfter());
            }
        }
        return decision;
    }

    /** The same without the dates: what holds of a license that was admitted in the past. */
    public LicenseDecision judgeForever(Envelope untrusted, LicenseRevisions known) {
        DocumentResult<VerifiedLicense> opened = VerifiedLicense.open(bundle, untrusted);
        if (opened instanceof DocumentResult.Rejected) {
            DocumentResult.Rejected<VerifiedLicense> rejected = (DocumentResult.Rejected<VerifiedLicense>) opened;
            return new Rejected(rejected.code().name(), rejected.reason());
        }
        VerifiedLicense verified = ((DocumentResult.Verified<VerifiedLicense>) opened).document();
        Optional<Rejected> rejected = checkLine(verified.content())
                .or(() -> checkSerials(verified.content()))
                .or(() -> known.check(verified));
        return rejected.isPresent() ? rejected.get() : new Admitted(verified, known.isNewest(verified));
    }

    private Optional<Rejected> checkLine(License license) {
        boolean ours = license.getLine().equals(line.line())
                && license.getLedgerOrigin().equals(line.ledgerOrigin())
                && line.lineCaKeySha256().matches(license.getLineCaKeySha256().toByteArray());
        return ours
                ? Optional.empty()
                : Optional.of(new Rejected(
                        Rejected.LICENSE_FOREIGN,
                        "license " + license.getPolicyOid() + " is for line " + license.getLine() + ", ledger "
                                + license.getLedgerOrigin() + " and its CA key, not for line " + line.line()));
    }

    private Optional<Rejected> checkSerials(License license) {
        return SerialSpace.parse(license.getSerialPrefix())
                        .filter(space -> space.size() > license.getQuota())
                        .filter(space -> space.prefix().startsWith(bundle.makerCode()))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new Rejected(
                        Rejected.LICENSE_MALFORMED,
                        "a serial prefix of ANSI/CTA-2063-A with maker code " + bundle.makerCode()
                                + " and room for the quota expected, got " + license.getSerialPrefix()));
    }
}
