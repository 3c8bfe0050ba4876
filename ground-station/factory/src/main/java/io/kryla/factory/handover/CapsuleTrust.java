package io.kryla.factory.handover;

import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CrlSet;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.ProofResult;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.LeafProof;

/**
 * What the parts of a capsule are verified by. Immutable and safe for any thread.
 *
 * @param stations accepts the license's own line alone
 */
public record CapsuleTrust(
        TrustedBundle bundle,
        VerifiedLicense license,
        CrlSet crls,
        CertifiedEnvelopeVerifier stations,
        LedgerProofVerifier ledgers) {
    public static CapsuleTrust of(TrustedBundle bundle, VerifiedLicense license, CrlSet crls) {
        return new CapsuleTrust(
                bundle,
                license,
                crls,
                CertifiedEnvelopeVerifier.of(bundle, Role.STATION, crls)
                        .ofLine(license.content().getLine()),
                LedgerProofVerifier.of(bundle));
    }

    /** Proves a leaf in the license's own ledger, under a cosigned checkpoint. */
    Leaf prove(LeafProof untrusted) {
        ProofResult result = ledgers.verify(untrusted);
        if (result instanceof ProofResult.Rejected rejected) {
            return new NoLeaf(rejected.code().name(), rejected.reason());
        }
        ProofResult.Proven proven = (ProofResult.Proven) result;
        String origin = license.content().getLedgerOrigin();
        return proven.checkpoint().origin().equals(origin)
                ? new InLedger(proven)
                : new NoLeaf("WRONG_ORIGIN", "a leaf of ledger " + origin + " expected");
    }

    sealed interface Leaf {}

    record InLedger(ProofResult.Proven proven) implements Leaf {}

    record NoLeaf(String code, String reason) implements Leaf {}
}
