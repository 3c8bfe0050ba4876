package io.kryla.factory.ledger;

/** What became of a leaf. */
public sealed interface AppendResult permits AppendResult.Appended, Refused {
    /** The leaf, the state that follows from it and the documents given are durable. */
    record Appended(IndexedLeaf leaf) implements AppendResult {
        public long index() {
            return leaf.index();
        }
    }
}
