package headway.cli;

/// What the other end of standard error is.
final class Terminal {
    private Terminal() {}

    /// Whether a person watches: only then are lines overwritten. The launcher knows best and says so.
    static boolean watched() {
        String told = System.getenv("HEADWAY_TTY");
        if (told != null) {
            return told.equals("1");
        }
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /// A number of bytes for people: `1.4 GB`.
    static String bytes(long bytes) {
        String[] units = {"bytes", "KB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : "%.1f %s".formatted(value, units[unit]);
    }

    /// A number for people: `12.2 million`.
    static String count(long n) {
        if (n < 10_000) {
            return Long.toString(n);
        }
        if (n < 1_000_000) {
            return "%.1f thousand".formatted(n / 1e3);
        }
        return n < 1_000_000_000 ? "%.1f million".formatted(n / 1e6) : "%.2f billion".formatted(n / 1e9);
    }

    /// A duration for people: `1:05`.
    static String duration(double seconds) {
        long s = Math.round(seconds);
        return s < 3600 ? "%d:%02d".formatted(s / 60, s % 60) : "%d:%02d:%02d".formatted(s / 3600, s / 60 % 60, s % 60);
    }
}
