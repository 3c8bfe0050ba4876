package io.kryla.factory.operators;

import io.kryla.v1.Envelope;
import io.kryla.v1.StepStatement;
import java.security.MessageDigest;

/** What became of an operator's statement. */
public sealed interface StatementResult {
    /**
     * The operator signed exactly this.
     *
     * @param content every field is sound
     * @param envelope as received, to be kept with the record that it belongs to
     */
    record Verified(Operator operator, StepStatement content, Envelope envelope) implements StatementResult {
        /** Whether it was made after the line gave this challenge; constant time. */
        public boolean answers(byte[] challenge) {
            return MessageDigest.isEqual(content.getChallenge().toByteArray(), challenge);
        }
    }

    /** @param code stable: of a path, of DSSE, or one of these */
    record Rejected(String code, String reason) implements StatementResult {
        public static final String MALFORMED = "MALFORMED";
        /** Of another line than the one asked for. */
        public static final String FOREIGN = "FOREIGN";
        /** Its own time is not within the certificate's validity. */
        public static final String STATEMENT_TIME = "STATEMENT_TIME";
        /** Answers another challenge, or none. */
        public static final String CHALLENGE_EXPIRED = "CHALLENGE_EXPIRED";
        /** Says another unit or step than is due. */
        public static final String WRONG_STEP = "WRONG_STEP";
        /** The register does not list the card, or no longer. */
        public static final String BADGE_REVOKED = "BADGE_REVOKED";
    }
}
