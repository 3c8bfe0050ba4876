package io.kryla.hil.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what someone meant to write: the valid word at the smallest edit distance, when it is near enough. */
public final class NearestWord {
    private static final int LONGEST = 64;

    private NearestWord() {}

    public static Optional<String> to(String written, Collection<String> valid) {
        if (written.isEmpty() || written.length() > LONGEST) {
            return Optional.empty();
        }
        int tolerated = Math.max(2, written.length() / 2);
        return valid.stream()
                .filter(word -> distance(written, word) <= tolerated)
                .min(Comparator.comparingInt((String word) -> distance(written, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Insertions, deletions, substitutions (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
