package io.kryla.factory.ledger;

/** What became of a document that someone else signed: a license or an export authorisation. */
public sealed interface AdmitResult permits AdmitResult.Admitted, Refused {
    /** The document is stored, durably; the same bytes again are admitted again. */
    record Admitted() implements AdmitResult {}
}
