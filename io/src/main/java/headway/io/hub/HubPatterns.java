package headway.io.hub;

import java.util.List;
import java.util.regex.Pattern;

/// Which files of a model are wanted: those that a pattern of `include` matches and none of `exclude`.
///
/// `*` stands for anything, `/` too, `?` for one character, as in Python's library.
public record HubPatterns(List<String> include, List<String> exclude) {
    /// What Headway reads: weights in safetensors, configurations, tokenizers, templates.
    public static final HubPatterns READABLE = new HubPatterns(
            List.of("*.safetensors", "*.json", "*.txt", "*.model", "*.spm", "*.tiktoken", "*.jinja"),
            List.of("onnx/*", "openvino/*", "original/*", "coreml/*", "tf/*", "flax/*", "runs/*", ".*", "*/.*"));

    private static final Pattern OTHER_LAYOUT = Pattern.compile("(^|.*/)consolidated[^/]*\\.safetensors");

    /// Those of `files` that are wanted, in their order.
    List<String> choose(List<String> files) {
        List<String> chosen = files.stream()
                .filter(file -> matches(include, file) && !matches(exclude, file))
                .toList();
        // The same weights twice, in a layout that is not read.
        boolean twice =
                equals(READABLE) && chosen.stream().anyMatch(f -> f.startsWith("model") && f.endsWith(".safetensors"));
        return twice
                ? chosen.stream()
                        .filter(f -> !OTHER_LAYOUT.matcher(f).matches())
                        .toList()
                : chosen;
    }

    private static boolean matches(List<String> patterns, String file) {
        return patterns.stream().anyMatch(pattern -> {
            var expression = new StringBuilder();
            for (char c : pattern.toCharArray()) {
                expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
            return Pattern.matches(expression.toString(), file);
        });
    }

    @Override
    public String toString() {
        return String.join(", ", include);
    }
}
