package io.kryla.hil.verdict;

/** What a judgement came to. */
public enum Outcome {
    PASS,
    /** The product failed. */
    FAIL,
    /** The rig failed, or data are missing: says nothing about the product. */
    ERROR;

    /** The one that weighs more: a hole in the data outweighs a failure, a failure outweighs a pass. */
    public Outcome and(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
