package io.kryla.mcap;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The index records of one kind that a summary must hold, in order: how many, how long, and their hash, so that a file of
 * any length is checked, and written, in the same memory.
 */
final class IndexGroup {
    private final MessageDigest hash = sha256();
    private long count;
    private long bytes;

    void add(RecordBuffer record) {
        record.updateDigest(hash);
        count++;
        bytes += record.size();
    }

    long count() {
        return count;
    }

    /** Length of all of them. */
    long bytes() {
        return bytes;
    }

    /** Whether the records of this group have that hash. */
    boolean hasHash(byte[] sha256) {
        return Arrays.equals(sha256(hash), sha256);
    }

    boolean equalTo(IndexGroup other) {
        return hasHash(sha256(other.hash));
    }

    /** Of what was added so far; more may be. */
    private static byte[] sha256(MessageDigest running) {
        try {
            return ((MessageDigest) running.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
