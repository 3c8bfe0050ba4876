package io.kryla.identity;

import io.kryla.dsse.PayloadType;
import io.kryla.keys.Digest;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.Envelope;
import io.kryla.v1.License;
import io.kryla.v1.RoyaltyEvent;
import java.time.Instant;

/**
 * A license that enough distinct license keys signed, for a line and a ledger that the trust bundle pairs.
 *
 * @param content every rule of protocol.md §3.4 holds for it
 * @param payloadSha256 what the next revision names as its predecessor
 * @param envelope as received
 */
public record VerifiedLicense(License content, Digest payloadSha256, Envelope envelope) {
    private static final String OID = "[0-2](\\.(0|[1-9][0-9]{0,9})){1,20}";
    private static final long LATEST_SECOND = 253_402_300_799L;

    /** Verifies an untrusted license; whether it is the newest revision is for those to say who keep state. */
    public static DocumentResult<VerifiedLicense> open(TrustedBundle bundle, Envelope untrusted) {
        return ThresholdDocument.open(
                bundle, untrusted, PayloadType.LICENSE, License.parser(), (content, payloadSha256) -> {
                    if (!isSound(content)) {
                        return new DocumentResult.Rejected<>(
                                DocumentRejection.MALFORMED, "the license is incomplete or contradicts itself");
                    }
                    boolean known = bundle.ledger(content.getLedgerOrigin())
                            .filter(ledger -> ledger.line().equals(content.getLine()))
                            .isPresent();
                    return known
                            ? new DocumentResult.Verified<>(new VerifiedLicense(content, payloadSha256, untrusted))
                            : new DocumentResult.Rejected<>(
                                    DocumentRejection.FOREIGN,
                                    "the trust bundle does not pair this license's line and ledger");
                });
    }

    public Instant notBefore() {
        return Instant.ofEpochSecond(content.getNotBeforeUnixSeconds());
    }

    public Instant notAfter() {
        return Instant.ofEpochSecond(content.getNotAfterUnixSeconds());
    }

    /** Whether the license is in force; both ends belong to it. */
    public boolean isInForce(Instant at) {
        return !at.isBefore(notBefore()) && !at.isAfter(notAfter());
    }

    /** Hash of the line CA's SubjectPublicKeyInfo. */
    public Digest lineCaKeySha256() {
        return Digest.of(content.getLineCaKeySha256().toByteArray());
    }

    private static boolean isSound(License license) {
        int previous = license.getPreviousSha256().size();
        return license.getPolicyOid().matches(OID)
                && license.getDesignOid().matches(OID)
                && license.getRevision() >= 1
                && (license.getRevision() == 1 ? previous == 0 : previous == Digest.LENGTH)
                && license.getLineCaKeySha256().size() == Digest.LENGTH
                && license.getQuota() >= 0
                && license.getNotBeforeUnixSeconds() >= 0
                && license.getNotAfterUnixSeconds() >= license.getNotBeforeUnixSeconds()
                && license.getNotAfterUnixSeconds() <= LATEST_SECOND
                && license.getTerritoriesList().stream().allMatch(code -> code.matches("[A-Z]{2}"))
                && license.getFirmwareFloor() >= 0
                && license.getMinimumAcceptanceLevel() != AcceptanceLevel.UNRECOGNIZED
                && license.getMinimumAcceptanceLevel() != AcceptanceLevel.ACCEPTANCE_LEVEL_UNSPECIFIED
                && license.getRoyalty().getEvent() != RoyaltyEvent.UNRECOGNIZED
                && license.getRoyalty().getEvent() != RoyaltyEvent.ROYALTY_EVENT_UNSPECIFIED
                && license.getRoyalty().getAmountMinorUnits() >= 0
                && license.getRoyalty().getCurrency().matches("[A-Z]{3}");
    }
}
