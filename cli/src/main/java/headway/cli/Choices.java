package headway.cli;

import headway.io.ConfigException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Values of an option that are constants of an enum, in small letters with hyphens.
final class Choices {
    private Choices() {}

    static <E extends Enum<E>> E of(Class<E> type, String option, String value) {
        for (E constant : type.getEnumConstants()) {
            if (named(constant).equals(value)) {
                return constant;
            }
        }
        throw new ConfigException("[options] %s %s; expected one of %s"
                .formatted(
                        option,
                        value,
                        Arrays.stream(type.getEnumConstants())
                                .map(Choices::named)
                                .collect(Collectors.joining(", "))));
    }

    private static String named(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
