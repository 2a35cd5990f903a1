package headway.models;

import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A decoder that reads: its last values go to the head of an encoder in place of the next token's. Hugging Face's
/// `…Model`, `…ForSequenceClassification`, `…ForTokenClassification` and `…ForQuestionAnswering` of decoders.
///
/// A text's class comes from its last token that is no padding, which alone has seen all others
/// ([Radford et al.
/// 2018](https://cdn.openai.com/research-covers/language-unsupervised/language_understanding_paper.pdf),
/// section 3.2).
public record ReadingDecoder(CausalModel decoder) implements TextEncoder {
    static final String TEXTS = "ForSequenceClassification";
    static final String TOKENS = "ForTokenClassification";
    static final String ANSWERS = "ForQuestionAnswering";

    /// A family of decoders whose language model is `name + "ForCausalLM"` and whose stack alone is `name + "Model"`.
    ///
    /// @param reading [#TEXTS], [#TOKENS], [#ANSWERS]: what the reference has of them
    static Family family(
            String modelType,
            String name,
            List<String> reading,
            String stack,
            Predicate<String> buffer,
            Family.Loader loader) {
        var heads = new ArrayList<>(List.of(name + "ForCausalLM", name + "Model"));
        reading.forEach(kind -> heads.add(name + kind));
        return family(modelType, heads, stack, buffer, loader);
    }

    /// The same with all names of heads, the language model first.
    static Family family(
            String modelType, List<String> heads, String stack, Predicate<String> buffer, Family.Loader loader) {
        return new Family(
                modelType,
                List.copyOf(heads),
                List.of(),
                stack,
                List.of("lm_head.", "embed_out.", "score.", "classifier.", "qa_outputs."),
                buffer,
                (json, file, head, w) -> {
                    String there = stack(modelType, head, stack);
                    Weights at = there.equals(stack) ? w : w.moved(bare(stack), bare(there));
                    Model model = loader.load(json, file, head, at);
                    return continues(head) || !(model instanceof CausalModel decoder)
                            ? model
                            : new EncoderModel(new ReadingDecoder(decoder), head(json, head, w, decoder.sizes()));
                });
    }

    /// Where the stack lies below `head`: answers of some families kept the name that they had first.
    static String stack(String modelType, String head, String stack) {
        boolean early =
                List.of("llama", "qwen2", "qwen3", "smollm3", "qwen3_moe").contains(modelType);
        return early && head.endsWith(ANSWERS) ? "transformer." : stack;
    }

    private static String bare(String prefix) {
        return prefix.substring(0, prefix.length() - 1);
    }

    /// Whether `head` writes a text, and so has logits of next tokens.
    static boolean continues(String head) {
        return head.endsWith("ForCausalLM") || head.endsWith("LMHeadModel");
    }

    private static EncoderHead head(JsonNode json, String head, Weights w, Decoder.Sizes sizes) {
        Init normal = new Init.Normal(json.path("initializer_range").asDouble(0.02));
        int D = sizes.hiddenSize();
        int labels = Labels.count(json);
        if (head.endsWith(TEXTS)) {
            return new EncoderHead.SequenceClassification(
                    Projection.of(
                            new Projection.LastToken(padding(json)),
                            new Projection.Plain(DenseLinear.load(w.at("score"), D, labels, false, normal))),
                    Labels.problemType(json));
        }
        if (head.endsWith(TOKENS)) {
            // The first families have a name of their own for it.
            boolean early = List.of("GPT2", "GPTNeo", "GPTNeoX", "Bloom", "Mpt", "Falcon")
                    .contains(head.substring(0, head.length() - TOKENS.length()));
            Weights at = w.at(early ? "classifier" : "score");
            return new EncoderHead.TokenClassification(Projection.of(
                    new Projection.Dropped(), new Projection.Plain(DenseLinear.load(at, D, labels, true, normal))));
        }
        if (head.endsWith(ANSWERS)) {
            return new EncoderHead.QuestionAnswering(
                    new Projection.Plain(DenseLinear.load(w.at("qa_outputs"), D, 2, true, normal)));
        }
        return new EncoderHead.Bare(null);
    }

    /// What a config that says nothing of padding means by it.
    private static int padding(JsonNode json) {
        return CausalModel.paddingId(
                json,
                switch (json.path("model_type").asString("")) {
                    case "gemma", "gemma2", "gemma3_text" -> 0;
                    case "opt", "olmo2" -> 1;
                    case "phi3" -> 32000;
                    default -> -1;
                });
    }

    @Override
    public Set<String> arguments() {
        var all = new LinkedHashSet<>(decoder.arguments());
        all.remove("labels");
        return all;
    }

    @Override
    public Tensor encode(Inputs inputs) {
        Tensor embeddings =
                inputs.embeddings("", decoder::embed, decoder.sizes().hiddenSize());
        Pass pass = decoder.pass(
                inputs, embeddings.shape().size(0), embeddings.shape().size(1));
        return decoder.hidden(embeddings, pass);
    }
}
