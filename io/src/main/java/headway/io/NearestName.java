package headway.io;

import java.util.Collection;

/// The known name closest to a misspelt one, by edit distance.
public final class NearestName {
    /// Longest name that is compared; a longer one gets no hint, since the cost is quadratic.
    private static final int LONGEST = 256;

    private NearestName() {}

    /// Text to append to an error: `; did you mean 'x'?`, or nothing where no name is near.
    public static String hint(String wrong, Collection<String> known) {
        String nearest = nearest(wrong, known);
        return nearest == null ? "" : "; did you mean '%s'?".formatted(nearest);
    }

    /// The nearest of `known` that differs in at most a third of its letters, or null.
    static String nearest(String wrong, Collection<String> known) {
        if (wrong.length() > LONGEST) {
            return null;
        }
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String name : known) {
            int allowed = Math.max(2, Math.max(name.length(), wrong.length()) / 3);
            if (name.length() > LONGEST || Math.abs(name.length() - wrong.length()) > allowed) {
                continue;
            }
            int distance = distance(wrong, name);
            if (distance <= allowed && distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    /// Levenshtein distance, upper and lower case counted as equal.
    static int distance(String left, String right) {
        String a = left.toLowerCase(java.util.Locale.ROOT);
        String b = right.toLowerCase(java.util.Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
