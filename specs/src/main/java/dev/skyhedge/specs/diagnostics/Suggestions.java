package dev.skyhedge.specs.diagnostics;

import java.util.Collection;
import java.util.Optional;

/// "Did you mean": the closest of the names that would have been valid.
public final class Suggestions {
    private static final int SHORT_NAME = 3;
    private static final int LONGEST_NAME = 200;

    private Suggestions() {}

    /// The closest name by Levenshtein distance below 3 (below 2 for a name of up to three characters); the
    /// first of equally close ones.
    public static Optional<String> closest(String name, Collection<String> valid) {
        if (name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        int bound = name.length() <= SHORT_NAME ? 2 : 3;
        String best = null;
        for (String candidate : valid) {
            int distance = Math.abs(candidate.length() - name.length()) < bound ? distance(name, candidate) : bound;
            if (distance < bound) {
                bound = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /// ` Did you mean "x"?` with its leading space, or nothing.
    public static String sentence(String name, Collection<String> valid) {
        return closest(name, valid)
                .map(found -> " Did you mean \"" + found + "\"?")
                .orElse("");
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(previous[j - 1] + change, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
