package headway.io.chat;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as C's `strftime` writes them, in English.
final class Strftime {
    private Strftime() {}

    static String format(LocalDateTime time, String format) {
        var out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            boolean bare = format.charAt(i + 1) == '-' && i + 2 < format.length();
            i += bare ? 2 : 1;
            out.append(field(time, format.charAt(i), bare));
        }
        return out.toString();
    }

    private static String field(LocalDateTime time, char code, boolean bare) {
        String pattern = switch (code) {
            case 'Y' -> "yyyy";
            case 'y' -> "yy";
            case 'm' -> bare ? "M" : "MM";
            case 'd' -> bare ? "d" : "dd";
            case 'H' -> bare ? "H" : "HH";
            case 'I' -> bare ? "h" : "hh";
            case 'M' -> bare ? "m" : "mm";
            case 'S' -> bare ? "s" : "ss";
            case 'f' -> "SSSSSS";
            case 'j' -> bare ? "D" : "DDD";
            case 'p' -> "a";
            case 'b', 'h' -> "MMM";
            case 'B' -> "MMMM";
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'F' -> "yyyy-MM-dd";
            case 'T' -> "HH:mm:ss";
            case 'D' -> "MM/dd/yy";
            case 'R' -> "HH:mm";
            case '%' -> "'%'";
            case 'n' -> "'\n'";
            case 't' -> "'\t'";
            case 'w' -> "";
            default -> throw Python.error("strftime_now: '%%%c' is not known", code);
        };
        return pattern.isEmpty()
                ? Integer.toString(time.getDayOfWeek().getValue() % 7)
                : DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
