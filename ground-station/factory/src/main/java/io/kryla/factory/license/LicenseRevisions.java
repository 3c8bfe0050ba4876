package io.kryla.factory.license;

import io.kryla.factory.license.LicenseDecision.Rejected;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.License;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The license revisions that a ledger knows, one chain for each policy OID: each revision names the hash of the one
 * before it, and none comes twice. Confined to one thread.
 */
public final class LicenseRevisions {
    private final Map<String, VerifiedLicense> newest = new HashMap<>();

    /** The newest revision of a license. */
    public Optional<VerifiedLicense> newest(String policyOid) {
        return Optional.ofNullable(newest.get(policyOid));
    }

    /** Whether this very document is the newest revision already. */
    public boolean isNewest(VerifiedLicense license) {
        return newest(license.content().getPolicyOid())
                .filter(known -> known.payloadSha256().equals(license.payloadSha256()))
                .isPresent();
    }

    /** Why the license does not continue its chain; empty if it does, or is its newest revision already. */
    public Optional<Rejected> check(VerifiedLicense verified) {
        License license = verified.content();
        Optional<VerifiedLicense> known = newest(license.getPolicyOid());
        if (known.isEmpty()) {
            boolean isFirst =
                    license.getRevision() == 1 && license.getPreviousSha256().isEmpty();
            return isFirst
                    ? Optional.empty()
                    : Optional.of(new Rejected(
                            Rejected.LICENSE_CHAIN,
                            "revision 1 of license " + license.getPolicyOid() + " expected first, got revision "
                                    + license.getRevision()));
        }
        if (isNewest(verified)) {
            return Optional.empty();
        }
        long newestRevision = known.get().content().getRevision();
        if (license.getRevision() <= newestRevision) {
            return Optional.of(new Rejected(
                    Rejected.LICENSE_ROLLBACK,
                    "license " + license.getPolicyOid() + " is at revision " + newestRevision + ", got revision "
                            + license.getRevision()));
        }
        boolean continues = license.getRevision() == newestRevision + 1
                && known.get()
                        .payloadSha256()
                        .matches(license.getPreviousSha256().toByteArray());
        return continues
                ? Optional.empty()
                : Optional.of(new Rejected(
                        Rejected.LICENSE_CHAIN,
                        "license "
                                + license.getPolicyOid() + " revision " + license.getRevision()
                                + " does not continue revision "
                                + newestRevision));
    }

    /** Makes a license that {@link #check} let pass the newest of its chain. */
    public void add(VerifiedLicense verified) {
        newest.put(verified.content().getPolicyOid(), verified);
    }
}
