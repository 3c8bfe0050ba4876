package io.kryla.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A C2SP signed note: text ending in a newline, and at least one signature, none of them verified yet. */
public record Note(String text, List<NoteSignature> signatures) {
    /** Longest note in bytes. */
    public static final int LONGEST = 65_536;

    /** Most signatures of one note. */
    public static final int MOST_SIGNATURES = 32;

    public Note {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || !text.chars().allMatch(c -> c >= 0x20 || c == '\n')) {
            throw new IllegalArgumentException("text: printable lines, each ended by a newline, expected");
        }
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException(
                    "signatures: 1 to " + MOST_SIGNATURES + " expected, got " + signatures.size());
        }
    }

    /** Reads an untrusted note; empty unless it is exactly what {@link #bytes()} writes. */
    public static Optional<Note> parse(byte[] untrusted) {
        return Text.utf8(untrusted, LONGEST).flatMap(Note::parseText);
    }

    private static Optional<Note> parseText(String untrusted) {
        int blank = untrusted.lastIndexOf("\n\n");
        if (blank < 0 || !untrusted.endsWith("\n")) {
            return Optional.empty();
        }
        String[] lines = untrusted.substring(blank + 2).split("\n", MOST_SIGNATURES + 2);
        if (lines.length < 2 || lines.length > MOST_SIGNATURES + 1 || !lines[lines.length - 1].isEmpty()) {
            return Optional.empty();
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (int i = 0; i < lines.length - 1; i++) {
            NoteSignature.parse(lines[i]).ifPresent(signatures::add);
        }
        return signatures.size() == lines.length - 1
                ? Optional.of(new Note(untrusted.substring(0, blank + 1), signatures))
                : Optional.empty();
    }

    /** The note with one more signature line at its end. */
    public Note with(NoteSignature signature) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.add(signature);
        return new Note(text, all);
    }

    public byte[] bytes() {
        StringBuilder all = new StringBuilder(text).append('\n');
        for (NoteSignature signature : signatures) {
            all.append(signature.line()).append('\n');
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }
}
