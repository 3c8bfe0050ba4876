package io.kryla.factory.ledger;

/** What became of the request for cosignatures. */
public sealed interface CosignResult permits CosignResult.Cosigned, Refused {
    /**
     * A quorum of witnesses cosigned, and the note is durable.
     *
     * @param note checkpoint with the ledger's signature and the cosignatures
     */
    record Cosigned(long size, String note) implements CosignResult {}
}
