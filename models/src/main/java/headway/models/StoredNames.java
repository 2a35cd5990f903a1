package headway.models;

import headway.io.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Brings the tensors of a file under the names that most files have. Hugging Face's library changed names and forms
/// over the years and still reads all of them: norms whose weight was a gamma, images' encoders with short names,
/// experts in one tensor.
final class StoredNames {
    private StoredNames() {}

    private record Rule(Pattern from, String to) {
        static Rule of(String from, String to) {
            return new Rule(Pattern.compile(from), to);
        }
    }

    /// Files of the first years.
    private static final List<Rule> EARLY =
            List.of(Rule.of("LayerNorm\\.gamma$", "LayerNorm.weight"), Rule.of("LayerNorm\\.beta$", "LayerNorm.bias"));

    /// ViT, DeiT and Swin as the library calls their parts since version 5.
    private static final List<Rule> IMAGES = List.of(
            Rule.of("\\blayers\\.(\\d+)\\.attention\\.q_proj\\.", "encoder.layer.$1.attention.attention.query."),
            Rule.of("\\blayers\\.(\\d+)\\.attention\\.k_proj\\.", "encoder.layer.$1.attention.attention.key."),
            Rule.of("\\blayers\\.(\\d+)\\.attention\\.v_proj\\.", "encoder.layer.$1.attention.attention.value."),
            Rule.of("\\blayers\\.(\\d+)\\.attention\\.o_proj\\.", "encoder.layer.$1.attention.output.dense."),
            Rule.of("\\blayers\\.(\\d+)\\.layernorm_", "encoder.layer.$1.layernorm_"),
            Rule.of("\\blayers\\.(\\d+)\\.mlp\\.fc1\\.", "encoder.layer.$1.intermediate.dense."),
            Rule.of("\\blayers\\.(\\d+)\\.mlp\\.fc2\\.", "encoder.layer.$1.output.dense."),
            Rule.of("\\.attention\\.q_proj\\.", ".attention.self.query."),
            Rule.of("\\.attention\\.k_proj\\.", ".attention.self.key."),
            Rule.of("\\.attention\\.v_proj\\.", ".attention.self.value."),
            Rule.of("\\.attention\\.o_proj\\.", ".attention.output.dense."),
            Rule.of("\\.attention\\.relative_position_bias\\.relative_position_", ".attention.self.relative_position_"),
            Rule.of("\\.blocks\\.(\\d+)\\.mlp\\.fc1\\.", ".blocks.$1.intermediate.dense."),
            Rule.of("\\.blocks\\.(\\d+)\\.mlp\\.fc2\\.", ".blocks.$1.output.dense."));

    private static final Set<String> OF_IMAGES = Set.of("vit", "deit", "swin", "vision-encoder-decoder");

    /// How the experts of a family are called one by one: gate, up and down.
    private static final Map<String, List<String>> EXPERTS = Map.of(
            "mixtral", List.of("w1", "w3", "w2"),
            "qwen2_moe", List.of("gate_proj", "up_proj", "down_proj"),
            "qwen3_moe", List.of("gate_proj", "up_proj", "down_proj"),
            "deepseek_v2", List.of("gate_proj", "up_proj", "down_proj"),
            "deepseek_v3", List.of("gate_proj", "up_proj", "down_proj"),
            "jamba", List.of("gate_proj", "up_proj", "down_proj"));

    private static final Pattern PACKED = Pattern.compile("(.*\\.experts)\\.(gate_up_proj|down_proj)");

    /// `stored` under the names that the family `modelType` asks for.
    static Map<String, StoredTensor> of(Map<String, StoredTensor> stored, String modelType) {
        var named = new LinkedHashMap<String, StoredTensor>();
        stored.forEach((given, t) -> {
            String name = current(given, modelType);
            Matcher packed = PACKED.matcher(name);
            if (EXPERTS.containsKey(modelType) && t.shape().length == 3 && packed.matches()) {
                String at = modelType.equals("mixtral")
                        ? packed.group(1).replace(".mlp.", ".block_sparse_moe.")
                        : packed.group(1);
                unpack(t, at, packed.group(2).equals("down_proj"), EXPERTS.get(modelType), named);
            } else {
                // A name that both versions have stays.
                named.putIfAbsent(name, t);
            }
        });
        if (modelType.equals("llava")
                && named.containsKey("lm_head.weight")
                && named.keySet().stream().anyMatch(n -> n.startsWith("language_model.model."))) {
            named.putIfAbsent("language_model.lm_head.weight", named.remove("lm_head.weight"));
        }
        if (modelType.equals("mixtral")) {
            named.keySet().stream()
                    .filter(n -> n.endsWith(".mlp.gate.weight"))
                    .toList()
                    .forEach(name -> {
                        named.putIfAbsent(name.replace(".mlp.", ".block_sparse_moe."), named.remove(name));
                    });
        }
        return named;
    }

    /// The name that the file gives to a parameter, by the one that the family asks for, where they differ.
    static Map<String, String> given(Set<String> stored, String modelType) {
        var given = new LinkedHashMap<String, String>();
        for (String name : stored) {
            String asked = current(name, modelType);
            if (!asked.equals(name)) {
                given.put(asked, name);
            }
        }
        return given;
    }

    private static String current(String given, String modelType) {
        String name = apply(EARLY, given);
        if (modelType.equals("gpt_neox") && name.equals("lm_head.weight")) {
            return "embed_out.weight";
        }
        return OF_IMAGES.contains(modelType) ? apply(IMAGES, name) : name;
    }

    private static String apply(List<Rule> rules, String name) {
        for (Rule rule : rules) {
            Matcher found = rule.from.matcher(name);
            if (found.find()) {
                return found.replaceFirst(rule.to);
            }
        }
        return name;
    }

    /// Each expert's matrices out of `(experts, out, in)`, where gate and up lie one behind the other: their bytes as
    /// they lie.
    private static void unpack(
            StoredTensor packed, String at, boolean down, List<String> names, Map<String, StoredTensor> to) {
        long[] shape = packed.shape();
        int parts = down ? 1 : 2;
        if (shape[1] % parts != 0) {
            to.put(packed.name(), packed);
            return;
        }
        long[] matrix = {shape[1] / parts, shape[2]};
        long bytes = matrix[0] * matrix[1] * packed.dtype().bytes();
        for (long i = 0; i < shape[0] * parts; i++) {
            String part = names.get(down ? 2 : (int) (i % 2));
            String name = "%s.%d.%s.weight".formatted(at, i / parts, part);
            MemorySegment data = packed.data().asSlice(i * bytes, bytes);
            to.put(name, new StoredTensor(name, packed.dtype(), matrix, data));
        }
    }
}
