package headway.io;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How names of record components, keys and enum constants become each other.
final class RecordNames {
    private static final Set<Class<?>> BOXED =
            Set.of(Integer.class, Long.class, Double.class, Float.class, Boolean.class);

    private RecordNames() {}

    /// `hidden_size` and `hiddenSize` to `hiddenSize`.
    static String camel(String key) {
        var camel = new StringBuilder(key.length());
        boolean upper = false;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if ((c == '_' || c == '-') && !camel.isEmpty()) {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }

    /// `hiddenSize` to `hidden_size`.
    static String snake(String camel) {
        var snake = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) {
                snake.append('_').append(Character.toLowerCase(c));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }

    static boolean isBoxed(Class<?> type) {
        return BOXED.contains(type);
    }

    /// The constants of an enum as files spell them.
    static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static Class<?> rawClass(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
            default -> Object.class;
        };
    }
}
