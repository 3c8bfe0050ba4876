package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.util.Base64;
import java.util.Optional;

/**
 * What a log states about itself: its origin, size and root (C2SP tlog-checkpoint). Extension lines are neither
 * written nor accepted.
 */
public record Checkpoint(String origin, long size, Digest root) {
    /** Longest origin in characters. */
    public static final int LONGEST_ORIGIN = 255;

    public Checkpoint {
        if (!NoteKey.isName(origin) || origin.length() > LONGEST_ORIGIN) {
            throw new IllegalArgumentException("origin: 1 to " + LONGEST_ORIGIN
                    + " printable characters without space and plus expected, got: " + origin);
        }
        if (size < 0) {
            throw new IllegalArgumentException("size: not negative expected, got " + size);
        }
    }

    /** The note text: three lines, each ended by a newline. */
    public String body() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
    }

    /** Reads untrusted note text; empty unless it is exactly what {@link #body()} writes. */
    public static Optional<Checkpoint> parse(String untrusted) {
        String[] lines = untrusted.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            return Optional.empty();
        }
        String origin = lines[0];
        Optional<Long> size = Text.decimal(lines[1]);
        Optional<Digest> root = Text.digest(lines[2]);
        if (!NoteKey.isName(origin) || origin.length() > LONGEST_ORIGIN || size.isEmpty() || root.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Checkpoint(origin, size.get(), root.get()));
    }
}
