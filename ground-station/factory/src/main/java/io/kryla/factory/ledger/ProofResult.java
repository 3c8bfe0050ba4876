package io.kryla.factory.ledger;

import io.kryla.v1.LeafProof;

/** A leaf's proof, or why there is none. */
public sealed interface ProofResult permits ProofResult.Proof, Refused {
    record Proof(LeafProof leafProof) implements ProofResult {}
}
