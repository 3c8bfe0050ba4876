package io.kryla.factory.provisioning;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/** What a certificate request must carry to show that its key is held now. Lives as long as its conversation. */
record Challenge(ByteString bytes, Instant issuedAt) {
    /** Before a claim was granted: nothing meets it. */
    static final Challenge NONE = new Challenge(ByteString.EMPTY, Instant.EPOCH);

    private static final int LENGTH = 32;
    private static final Duration VALIDITY = Duration.ofMinutes(2);

    static Challenge fresh(SecureRandom random, InstantSource clock) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new Challenge(ByteString.copyFrom(bytes), clock.instant());
    }

    boolean expiredAt(Instant now) {
        return now.isAfter(issuedAt.plus(VALIDITY));
    }

    /** As challengePassword has it. */
    boolean metBy(String challengePassword) {
        return !bytes.isEmpty() && HexFormat.of().formatHex(bytes.toByteArray()).equals(challengePassword);
    }
}
