package io.kryla.identity;

/** What became of a signed document. */
public sealed interface DocumentResult<T> {
    record Verified<T>(T document) implements DocumentResult<T> {}

    record Rejected<T>(DocumentRejection code, String reason) implements DocumentResult<T> {}
}
