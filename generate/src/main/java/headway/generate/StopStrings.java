package headway.generate;

import java.util.List;

/// Watches a text that comes in pieces for the strings that end it, wherever the pieces are cut.
final class StopStrings {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    StopStrings(List<String> stops) {
        this.stops = stops;
    }

    /// What is certain to belong to the text once `piece` is there; what may begin a stop string is held back.
    String next(String piece) {
        if (stopped) {
            return "";
        }
        held.append(piece);
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }
        stopped = first >= 0;
        int certain = stopped ? first : held.length() - beginning();
        String out = held.substring(0, certain);
        held.delete(0, certain);
        return out;
    }

    /// Whether a stop string came.
    boolean stopped() {
        return stopped;
    }

    /// The rest of a text that ended in another way.
    String finish() {
        String rest = stopped ? "" : held.toString();
        held.setLength(0);
        return rest;
    }

    /// Length of the longest end of the held text that is the beginning of a stop string.
    private int beginning() {
        int longest = 0;
        for (String stop : stops) {
            for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
                if (stop.startsWith(held.substring(held.length() - n))) {
                    longest = n;
                }
            }
        }
        return longest;
    }
}
