package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.io.tokenizer.Tokenizer;
import headway.kernels.DType;
import headway.models.CausalModel;
import headway.models.EncoderDecoder;
import headway.models.EncoderHead;
import headway.models.EncoderModel;
import headway.models.Inputs;
import headway.nn.Layers;
import headway.nn.Trace;
import headway.nn.attention.HeadGates;
import headway.tensor.Shape;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What each head looks at while a model reads a text, and how much it matters.
///
/// | figure | of a head with weights `a[t,s]` |
/// |---|---|
/// | distance | mean over t of `Σ_s a[t,s]·abs(t - s)`: how far it looks, in tokens |
/// | entropy | mean over t of `-Σ_s a[t,s]·ln a[t,s]`: how widely, 0 for one token alone |
/// | importance | `abs(∂L/∂ξ)` for a factor ξ on its output: how much the loss depends on it |
///
/// The loss is the model's own: the next token of a language model, the tokens themselves of a masked
/// one, the class that the model gives where there are classes, the tokens of the second text where one
/// writes about another. Heads that have no such loss, and those of quantized weights, have no importance. [Michel et
/// al.
/// 2019](https://arxiv.org/abs/1905.10650).
public final class AttentionMap {
    private final LoadedModel model;
    private final Tokenizer tokenizer;

    /// One head's figures.
    ///
    /// @param part whose attention: empty for the only stack there is, else `encoder`, `decoder` or `cross`
    /// @param importance NaN where there is no loss
    public record Head(String part, int layer, int head, double distance, double entropy, double importance) {}

    /// One attention: all of its heads over one text.
    ///
    /// @param queries tokens that look
    /// @param keys tokens that are looked at
    /// @param weights for each head, row by row: `weights[h][t·keys + s]`
    public record Layer(
            String part, int layer, List<String> queries, List<String> keys, float[][] weights, List<Head> heads) {}

    /// @throws TaskException when the model reads no text, or has no attention
    public AttentionMap(LoadedModel model) {
        boolean reads = model.model().arguments().contains("input_ids")
                && !model.model().arguments().contains("pixel_values");
        if (!reads) {
            throw new TaskException(
                    "[attention] %s: %s reads no text alone; headway trace writes its attention weights down"
                            .formatted(model.folder(), model.head()));
        }
        this.model = model;
        this.tokenizer = model.tokenizer();
    }

    /// Attention while the model reads `text`.
    ///
    /// @param second what a decoder writes about it; null for the text itself. Other models have none
    public List<Layer> look(String text, String second) {
        Encoding source = read(text);
        Encoding target = model.model() instanceof EncoderDecoder ? read(second == null ? text : second) : null;
        List<Layer> layers = model.run(() -> {
            // No gradient passes through quantized weights: heads have no importance then.
            boolean frozen = !Layers.quantized(model.model()).isEmpty();
            return pass(source, target, frozen ? null : labels(source, target));
        });
        if (layers.isEmpty()) {
            throw new TaskException(
                    "[attention] %s: %s has no attention weights".formatted(model.folder(), model.head()));
        }
        return layers;
    }

    private Encoding read(String text) {
        Encoding encoded = tokenizer.encode(text, true);
        int most = ContextLength.of(model).positions();
        if (encoded.length() == 0 || encoded.length() > most) {
            throw new TaskException(
                    "[attention] the text has %d tokens; expected 1 … %d".formatted(encoded.length(), most));
        }
        return encoded;
    }

    private Inputs inputs(Encoding source) {
        return TextBatch.inputs(List.of(source), 0, model.model().arguments());
    }

    /// Labels of a loss that this head has; null where it has none. An encoder-decoder's start its
    /// decoder, too.
    private int[] labels(Encoding source, Encoding target) {
        return switch (model.model()) {
            case EncoderDecoder both -> both.hasHead() ? target.ids() : null;
            case CausalModel _ -> source.length() > 1 ? source.ids() : null;
            case EncoderModel(var _, EncoderHead.MaskedLm _) -> source.ids();
            case EncoderModel(var _, EncoderHead.TokenClassification _) -> classes(source);
            case EncoderModel(var _, EncoderHead.SequenceClassification _) -> classes(source);
            default -> null;
        };
    }

    /// The classes that the model gives.
    private int[] classes(Encoding source) {
        var trace = Trace.outputs();
        Tensor logits = trace.record(() -> {
            model.model().forward(inputs(source));
            return trace.values().get("logits");
        });
        int C = logits.shape().last().size();
        float[] all = EncoderPass.row(logits, 0);
        int[] best = new int[all.length / C];
        for (int i = 0; i < best.length; i++) {
            double[] scores = Probabilities.softmax(Arrays.copyOfRange(all, i * C, (i + 1) * C));
            best[i] = Probabilities.largest(scores, 1)[0];
        }
        // One number, or several at once, have a loss of their own; its gradient at the model's own answer is 0.
        boolean single = C > 1
                && !model.config().path("problem_type").asString("single").startsWith("multi")
                && !model.config().path("problem_type").asString("").equals("regression");
        return single ? best : null;
    }

    private List<Layer> pass(Encoding source, Encoding target, int[] labels) {
        Inputs inputs = inputs(source);
        if (labels != null) {
            boolean whole = labels.length == 1 && !(model.model() instanceof EncoderDecoder) && source.length() != 1;
            Shape shape = whole ? Shape.of("batch", 1) : Shape.of("batch", 1, "seq", labels.length);
            inputs = inputs.with("labels", Tensor.of(shape, labels));
        } else if (target != null) {
            inputs = inputs.with(
                    "decoder_input_ids", Tensor.of(Shape.of("batch", 1, "seq", target.length()), target.ids()));
        }
        Inputs given = inputs;
        var trace = new Trace();
        if (labels == null) {
            trace.record(() -> model.model().forward(given));
            return layers(trace.values(), List.of(), source.tokens(), target);
        }
        var gates = new HeadGates();
        var tape = new Tape();
        Tensor loss = tape.record(
                () -> trace.record(() -> gates.record(() -> model.model().forward(given))));
        List<double[]> importance = List.of();
        if (loss != null) {
            tape.backward(loss, 1);
            importance = gates.importance();
        }
        return layers(trace.values(), importance, source.tokens(), target);
    }

    private List<Layer> layers(
            Map<String, Tensor> values, List<double[]> importance, List<String> source, Encoding target) {
        var layers = new ArrayList<Layer>();
        int n = 0;
        for (var entry : values.entrySet()) {
            String name = entry.getKey();
            int at = name.indexOf("attentions.");
            if (at < 0) {
                continue;
            }
            String part = at == 0 ? "" : name.substring(0, at - 1);
            int layer = Integer.parseInt(name.substring(at + "attentions.".length()));
            List<String> written = target == null ? source : started(target);
            List<String> queries = part.equals("decoder") || part.equals("cross") ? written : source;
            List<String> keys = part.equals("decoder") ? written : source;
            double[] matters = n < importance.size() ? importance.get(n) : null;
            layers.add(layer(part, layer, queries, keys, entry.getValue(), matters));
            n++;
        }
        return layers;
    }

    /// What a decoder reads while it is asked for `target`: the start token, and all but the last.
    private List<String> started(Encoding target) {
        var both = (EncoderDecoder) model.model();
        if (!both.hasHead()) {
            return target.tokens();
        }
        var read = new ArrayList<String>();
        read.add(tokenizer.tokenOf(both.startTokenId()));
        read.addAll(target.tokens().subList(0, target.length() - 1));
        return read;
    }

    private static Layer layer(
            String part, int layer, List<String> queries, List<String> keys, Tensor weights, double[] importance) {
        int H = weights.shape().size(1);
        int T = weights.shape().size(2);
        int S = weights.shape().size(3);
        if (weights.dtype() != DType.F32 || T != queries.size() || S != keys.size()) {
            throw new IllegalStateException(
                    "[attention] weights%s for %d × %d tokens".formatted(weights.shape(), queries.size(), keys.size()));
        }
        var heads = new ArrayList<Head>();
        var all = new float[H][];
        for (int h = 0; h < H; h++) {
            float[] a = EncoderPass.values(weights, (long) h * T * S, T * S);
            double distance = 0;
            double entropy = 0;
            for (int t = 0; t < T; t++) {
                for (int s = 0; s < S; s++) {
                    double w = a[t * S + s];
                    distance += w * Math.abs(t - s) / T;
                    entropy -= w > 0 ? w * Math.log(w) / T : 0;
                }
            }
            all[h] = a;
            heads.add(new Head(part, layer, h, distance, entropy, importance == null ? Double.NaN : importance[h]));
        }
        return new Layer(part, layer, List.copyOf(queries), List.copyOf(keys), all, List.copyOf(heads));
    }
}
