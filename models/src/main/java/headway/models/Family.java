package headway.models;

import headway.io.Checkpoint;
import headway.io.ConfigException;
import headway.io.NearestName;
import headway.io.StoredTensor;
import headway.nn.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// One `model_type`: its heads, and how its files name things.
///
/// @param heads names in `architectures` that can be loaded; a new model gets the first
/// @param bareHeads those of them that are the stack alone: their files name parameters without `stack`
/// @param stack where the stack lies below a head, such as `bert.`; empty where all heads name it alike
/// @param headParts beginnings of the names of heads' own parameters: a file may hold other heads than
///     the one that is loaded, and the bare stack's names do not begin with `stack` but for these
/// @param buffer whether a stored tensor holds nothing trained, so that not using it is no error
public record Family(
        String modelType,
        List<String> heads,
        List<String> bareHeads,
        String stack,
        List<String> headParts,
        Predicate<String> buffer,
        Loader loader) {
    /// What may lie around the models of families whose heads name their stack alike.
    private static final Map<String, String> AROUND = Map.of(
            "t5", "transformer.",
            "mt5", "transformer.",
            "switch_transformers", "switch_transformers.",
            "clip", "clip.");

    /// Builds the model from its config and weights.
    @FunctionalInterface
    public interface Loader {
        /// @param file name of the config's file, for errors
        /// @param head one of the family's heads
        Model load(JsonNode config, String file, String head, Weights w);
    }

    /// The head to load: `wanted`, or the one that the config names, or the first where it names none.
    String head(JsonNode config, String file, String wanted) {
        String named = config.path("architectures").path(0).asString("");
        String head = wanted != null ? wanted : named;
        if (head.isEmpty()) {
            return heads.getFirst();
        }
        if (heads.contains(head)) {
            return head;
        }
        throw new ConfigException("[model] %s: %s '%s' is not a head that %s has here%s; known: %s"
                .formatted(
                        file,
                        wanted != null ? "--head" : "architecture",
                        head,
                        modelType,
                        NearestName.hint(head, heads),
                        String.join(", ", heads)));
    }

    /// Tensors of plain elements under the names that `head` gives them.
    Map<String, StoredTensor> named(Checkpoint checkpoint, JsonNode config, String head) {
        if (checkpoint.isGguf()) {
            return placed(checkpoint.tensors(), head);
        }
        Map<String, StoredTensor> placed = placed(StoredNames.of(checkpoint.tensors(), modelType), head);
        return TiedNames.of(placed, config, bareHeads.contains(head) ? "" : stack);
    }

    private Map<String, StoredTensor> placed(Map<String, StoredTensor> found, String head) {
        String stack = ReadingDecoder.stack(modelType, head, this.stack);
        Map<String, StoredTensor> stored = unwrapped(found, stack);
        boolean prefixed = stored.keySet().stream().anyMatch(n -> n.startsWith(stack));
        boolean bare = bareHeads.contains(head);
        if (stack.isEmpty() || prefixed != bare) {
            return stored;
        }
        var named = new LinkedHashMap<String, StoredTensor>();
        stored.forEach((name, t) -> {
            if (bare) {
                named.put(name.startsWith(stack) ? name.substring(stack.length()) : name, t);
            } else {
                named.put(isOfHead(name) && !isPartOfStack(name, stack) ? name : stack + name, t);
            }
        });
        return named;
    }

    /// `stored` without what lies around the whole model where a program wrote its own part of that name, such as
    /// `model.model.layers…` and `model.lm_head…`.
    private Map<String, StoredTensor> unwrapped(Map<String, StoredTensor> stored, String stack) {
        String around = stack.isEmpty() ? AROUND.getOrDefault(modelType, "") : stack;
        Predicate<String> wrapped = name -> {
            String rest = name.startsWith(around) ? name.substring(around.length()) : "";
            return stack.isEmpty() || rest.startsWith(stack) || isOfHead(rest) && !isPartOfStack(rest, stack);
        };
        if (around.isEmpty() || stored.keySet().stream().noneMatch(n -> n.startsWith(around) && wrapped.test(n))) {
            return stored;
        }
        var named = new LinkedHashMap<String, StoredTensor>();
        stored.forEach((name, t) ->
                named.put(name.startsWith(around) && wrapped.test(name) ? name.substring(around.length()) : name, t));
        return named;
    }

    /// Whether a head's part lies inside the stack, as the pooler of many encoders does.
    private boolean isPartOfStack(String name, String stack) {
        return headParts.stream().anyMatch(part -> name.startsWith(part) && headParts.contains(stack + part));
    }

    /// Whether `name` may be left unused: it holds nothing trained, or belongs to a head of which nothing
    /// was used.
    boolean ignorable(String name, Set<String> used) {
        return buffer.test(name)
                || isComputed(name)
                || headParts.stream()
                        .anyMatch(part -> name.startsWith(part) && used.stream().noneMatch(u -> u.startsWith(part)));
    }

    /// Whether `name` is of a tensor that a model computes: some files hold it all the same.
    private static boolean isComputed(String name) {
        boolean rotary = name.contains("rotary_emb.") || name.contains("rotary_pos_emb.");
        return rotary && name.endsWith("inv_freq") || name.endsWith("embed_scale") || name.endsWith("position_ids");
    }

    /// Whether `name` is a parameter of a head.
    boolean isOfHead(String name) {
        return headParts.stream().anyMatch(name::startsWith);
    }
}
