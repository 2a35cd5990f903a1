package headway.models;

import headway.io.ConfigReader;
import headway.kernels.DType;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.Encoded;
import headway.nn.cache.SessionCache;
import headway.nn.cache.StateCache;
import headway.nn.recurrent.ContentAttention;
import headway.nn.recurrent.RecurrentCell;
import headway.nn.recurrent.RecurrentCell.State;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.MultiplyOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// The line before the Transformer: an encoder and a decoder of recurrent cells, with attention of the decoder's state
/// to
/// what the encoder made.
///
/// | `attention_type` | score | looks with | paper |
/// |---|---|---|---|
/// | `none` | – | – | [Cho et al. 2014](https://arxiv.org/abs/1406.1078) |
/// | `bahdanau` | `v·tanh(W·s + U·h)` | the state before | [Bahdanau et al. 2014](https://arxiv.org/abs/1409.0473) |
/// | `dot`, `scaled_dot`, `general`, `concat` | as named | the new state | [Luong et al.
/// 2015](https://arxiv.org/abs/1508.04025) |
///
/// The readout `tanh(W·[s; context])` is Luong's for all; Bahdanau's sees the token too, in place of a maxout. With
/// `input_feeding` the readout of a token is read beside the next one; `attention_window` looks on a window whose place
/// the state names. The format is Headway's own, in the manner of Hugging Face's folders. Padding leaves states as they
/// are.
///
/// @param lmHead `(vocab, hidden)`
public record Recurrent(Config config, Reader encoder, RecurrentWriter decoder, Linear lmHead)
        implements EncoderDecoder {
    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
            int embeddingSize,
            int hiddenSize,
            int numEncoderLayers,
            int numDecoderLayers,
            boolean bidirectional,
            String cellType,
            String attentionType,
            int attentionWindow,
            boolean inputFeeding,
            int padTokenId,
            int decoderStartTokenId) {
        private static final List<String> KINDS = List.of("none", "bahdanau", "dot", "scaled_dot", "general", "concat");

        public Config {
            if (numEncoderLayers < 1 || numDecoderLayers < 1 || hiddenSize < 1 || embeddingSize < 1) {
                throw new IllegalArgumentException(
                        "num_encoder_layers (%d), num_decoder_layers (%d), hidden_size (%d), embedding_size (%d): expected at least 1"
                                .formatted(numEncoderLayers, numDecoderLayers, hiddenSize, embeddingSize));
            }
            if (!List.of("gru", "lstm").contains(cellType) || !KINDS.contains(attentionType)) {
                throw new IllegalArgumentException(
                        "cell_type is '%s', attention_type '%s'; expected gru or lstm, and one of %s"
                                .formatted(cellType, attentionType, String.join(", ", KINDS)));
            }
            if (attentionType.endsWith("dot") && bidirectional) {
                throw new IllegalArgumentException(
                        "attention_type '%s' compares states of one width, and a bidirectional encoder's are twice as wide; set bidirectional to false, or take general"
                                .formatted(attentionType));
            }
            if (attentionWindow < 0 || attentionWindow > 0 && attentionType.equals("none")) {
                throw new IllegalArgumentException(
                        "attention_window is %d with attention_type '%s'".formatted(attentionWindow, attentionType));
            }
        }

        boolean attends() {
            return !attentionType.equals("none");
        }

        boolean looksBefore() {
            return attentionType.equals("bahdanau");
        }

        /// Width of what the encoder makes.
        int width() {
            return bidirectional ? 2 * hiddenSize : hiddenSize;
        }

        /// Width of what the first cell of the decoder reads.
        int reads() {
            int more = looksBefore() ? width() : inputFeeding && attends() ? hiddenSize : 0;
            return embeddingSize + more;
        }
    }

    /// Cells of one layer of the encoder.
    ///
    /// @param cellBackward null where the text is read in one direction
    public record Sides(RecurrentCell cellForward, RecurrentCell cellBackward) implements Layer {}

    /// The encoder.
    public record Reader(Embedding embedTokens, List<Sides> layers) implements Layer {}

    static final Family FAMILY = new Family(
            "recurrent-seq2seq",
            List.of("RecurrentForConditionalGeneration"),
            List.of(),
            "",
            List.of(),
            _ -> false,
            Recurrent::load);

    private static final Map<String, Object> DEFAULTS = Map.of(
            "numEncoderLayers",
            1,
            "numDecoderLayers",
            1,
            "bidirectional",
            true,
            "cellType",
            "gru",
            "attentionType",
            "bahdanau",
            "attentionWindow",
            0,
            "inputFeeding",
            true,
            "padTokenId",
            0,
            "decoderStartTokenId",
            1);

    /// Reads a config and builds the model from `w`.
    static Recurrent load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init init = new Init.Uniform(1 / Math.sqrt(c.hiddenSize));
        int H = c.hiddenSize;
        Weights e = w.at("encoder");
        Weights d = w.at("decoder");
        List<Sides> reading = IntStream.range(0, c.numEncoderLayers)
                .mapToObj(i -> {
                    Weights at = e.at("layers").at(i);
                    int in = i == 0 ? c.embeddingSize : c.width();
                    return new Sides(
                            RecurrentCell.load(at.at("cell_forward"), c.cellType, in, H),
                            c.bidirectional ? RecurrentCell.load(at.at("cell_backward"), c.cellType, in, H) : null);
                })
                .toList();
        int states = c.cellType.equals("lstm") ? 2 : 1;
        int read = H + (c.attends() ? c.width() : 0) + (c.looksBefore() ? c.embeddingSize : 0);
        var writer = new RecurrentWriter(
                c,
                words(d, c),
                IntStream.range(0, c.numDecoderLayers)
                        .mapToObj(i -> RecurrentCell.load(d.at("layers").at(i), c.cellType, i == 0 ? c.reads() : H, H))
                        .toList(),
                IntStream.range(0, c.numDecoderLayers)
                        .mapToObj(
                                i -> (Linear) DenseLinear.load(d.at("bridge").at(i), c.width(), states * H, true, init))
                        .toList(),
                c.attends() ? attention(d.at("attention"), c, init) : null,
                DenseLinear.load(d.at("readout"), read, H, true, init));
        return new Recurrent(
                c,
                new Reader(words(e, c), reading),
                writer,
                DenseLinear.load(w.at("lm_head"), H, c.vocabSize, false, init));
    }

    private static Embedding words(Weights w, Config c) {
        Embedding plain = Embedding.load(w.at("embed_tokens"), c.vocabSize, c.embeddingSize, new Init.Normal(0.1));
        return new Embedding(plain.weight(), c.padTokenId);
    }

    private static ContentAttention attention(Weights w, Config c, Init init) {
        int H = c.hiddenSize;
        ContentAttention.Score score = switch (c.attentionType) {
            case "dot" -> new ContentAttention.Dot(1);
            case "scaled_dot" -> new ContentAttention.Dot(1 / Math.sqrt(H));
            case "general" -> new ContentAttention.General(DenseLinear.load(w.at("map"), c.width(), H, false, init));
            default ->
                new ContentAttention.Additive(
                        DenseLinear.load(w.at("query"), H, H, false, init),
                        DenseLinear.load(w.at("memory"), c.width(), H, false, init),
                        w.get("v", init, "out", 1, "in", H));
        };
        if (c.attentionWindow == 0) {
            return new ContentAttention(score, null);
        }
        Parameter v = w.get("place_v", init, "out", 1, "in", H);
        Linear map = DenseLinear.load(w.at("place"), H, H, false, init);
        return new ContentAttention(score, new ContentAttention.Place(map, v, c.attentionWindow));
    }

    @Override
    public Set<String> encoderArguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask");
    }

    @Override
    public Encoded encode(Inputs inputs) {
        Tensor x = inputs.embeddings("", encoder.embedTokens::forward, config.embeddingSize);
        int B = x.shape().size(0);
        int S = x.shape().size(1);
        Tensor padding = inputs.padding("attention_mask", B, S);
        Pass pass = new Pass(null, null, null, inputs.dropout());
        for (Sides sides : encoder.layers) {
            x = pass.drop(x);
            Tensor there = read(sides.cellForward, x, padding, 1);
            x = sides.cellBackward == null
                    ? there
                    : new ConcatOp(List.of(there, read(sides.cellBackward, x, padding, -1)), "hidden").run();
        }
        return Encoded.of(x, padding);
    }

    /// All states `(batch, seq, hidden)` of a cell that goes over `x` in one direction.
    private Tensor read(RecurrentCell cell, Tensor x, Tensor padding, int direction) {
        int B = x.shape().size(0);
        int S = x.shape().size(1);
        Tensor gates = cell.gates(x);
        State state = zero(config, B);
        var rows = new ArrayList<Tensor>();
        for (int i = 0; i < S; i++) {
            int t = direction > 0 ? i : S - 1 - i;
            state = kept(cell.next(at(gates, t), state), state, padding, t);
            Tensor row = state.h().view(Shape.of("batch", B, "seq", 1, "hidden", config.hiddenSize));
            rows.add(direction > 0 ? rows.size() : 0, row);
        }
        return new ConcatOp(rows, "seq").run();
    }

    static State zero(Config config, int B) {
        Shape shape = Shape.of("batch", B, "hidden", config.hiddenSize);
        Tensor h = Tensor.zerosLike(Tensor.allocate(shape, DType.F32));
        return new State(h, config.cellType.equals("lstm") ? Tensor.zerosLike(h) : null);
    }

    /// Token `t` of `x` `(batch, seq, width)`.
    static Tensor at(Tensor x, int t) {
        Tensor one = new ContiguousOp(x.narrow(x.shape().dims().get(1).name(), t, 1)).run();
        return one.view(
                Shape.of("batch", x.shape().size(0), "hidden", x.shape().last().size()));
    }

    /// The new state, but the old one where token `t` is padding.
    static State kept(State now, State before, Tensor padding, int t) {
        return padding == null
                ? now
                : new State(
                        kept(now.h(), before.h(), padding, t),
                        now.c() == null ? null : kept(now.c(), before.c(), padding, t));
    }

    static Tensor kept(Tensor now, Tensor before, Tensor padding, int t) {
        int H = now.shape().size(1);
        int S = padding.shape().size(1);
        Tensor goes = Tensor.allocate(now.shape(), DType.F32);
        Tensor stays = Tensor.allocate(now.shape(), DType.F32);
        for (long i = 0; i < goes.count(); i++) {
            double mark = padding.memory().get(i / H * S + t);
            goes.memory().set(i, mark);
            stays.memory().set(i, 1 - mark);
        }
        return new AddOp(new MultiplyOp(now, goes).run(), new MultiplyOp(before, stays).run()).run();
    }

    /// The decoder with an input that is encoded.
    private record Over(Recurrent model, Encoded encoded) implements Decoder {
        @Override
        public Tensor embed(Tensor ids) {
            return model.decoder.embedTokens().forward(ids);
        }

        @Override
        public Tensor hidden(Tensor embeddings, Pass pass) {
            return model.decoder.written(embeddings, pass, encoded);
        }

        @Override
        public Tensor logits(Tensor hidden) {
            return model.lmHead.forward(hidden);
        }

        @Override
        public SessionCache newCache(int tokens) {
            return new StateCache();
        }

        @Override
        public Sizes sizes() {
            Config c = model.config;
            return new Sizes(c.vocabSize, c.embeddingSize, c.numDecoderLayers, 0, 0, 0, Integer.MAX_VALUE, 0);
        }
    }

    @Override
    public Decoder decoder(Encoded encoded) {
        return new Over(this, encoded);
    }

    @Override
    public int startTokenId() {
        return config.decoderStartTokenId;
    }

    @Override
    public int padTokenId() {
        return config.padTokenId;
    }
}
