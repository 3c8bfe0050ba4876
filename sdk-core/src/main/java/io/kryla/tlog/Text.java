package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The pieces of C2SP texts, read strictly: there is one way to write each value. */
final class Text {
    private static final int LONGEST_DECIMAL = 19;

    private Text() {}

    /** Strict UTF-8 without control characters other than newline; empty when longer than the limit. */
    static Optional<String> utf8(byte[] untrusted, int mostBytes) {
        if (untrusted.length > mostBytes) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(untrusted))
                    .toString();
            return text.chars().allMatch(c -> c >= 0x20 || c == '\n') ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** ASCII decimal without leading zeroes, up to 2^63 - 1. */
    static Optional<Long> decimal(String untrusted) {
        boolean digits = !untrusted.isEmpty()
                && untrusted.length() <= LONGEST_DECIMAL
                && untrusted.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (untrusted.length() > 1 && untrusted.charAt(0) == '0')) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(untrusted));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Standard base64 with padding, zero bits at its end. */
    static Optional<byte[]> base64(String untrusted) {
        try {
            byte[] bytes = Base64.getDecoder().decode(untrusted);
            return Base64.getEncoder().encodeToString(bytes).equals(untrusted) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<Digest> digest(String untrusted) {
        return base64(untrusted).flatMap(Digest::parse);
    }
}
