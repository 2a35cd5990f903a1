package headway.cli;

/// Emphasis on a terminal; plain text elsewhere.
final class Style {
    private static final boolean ON = Terminal.watched() && System.getenv("NO_COLOR") == null;

    private Style() {}

    static String bold(String text) {
        return ON ? "\033[1m" + text + "\033[0m" : text;
    }

    static String dim(String text) {
        return ON ? "\033[2m" + text + "\033[0m" : text;
    }
}
