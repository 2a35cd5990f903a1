package headway.models;

import headway.io.ConfigReader;
import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.LocalGlobalAttention;
import headway.nn.ffn.Mlp;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import headway.tensor.op.ConcatOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Longformer: RoBERTa whose tokens see a window, beside some that see all.
///
/// [Beltagy et al. 2020](https://arxiv.org/abs/2004.05150). Weight names are those of Hugging Face's `LongformerFor…`.
/// Texts are filled up to whole windows; a task marks tokens that see all where `global_attention_mask` is not given.
///
/// @param marks which tokens see all where nothing is said
public record Longformer(Config config, BertStack.Embeddings embeddings, List<BertStack.Block> layer, Marks marks)
        implements TextEncoder {
    /// Field names are those of `config.json`.
    ///
    /// @param attentionWindow a number, or one for each block
    public record Config(
            int vocabSize,
            int hiddenSize,
            int numHiddenLayers,
            int numAttentionHeads,
            int intermediateSize,
            String hiddenAct,
            int maxPositionEmbeddings,
            int typeVocabSize,
            double initializerRange,
            double layerNormEps,
            int padTokenId,
            int sepTokenId,
            JsonNode attentionWindow,
            boolean tieWordEmbeddings) {
        public Config {
            if (numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
        }

        int window(int layer) {
            int window = attentionWindow.isArray() ? attentionWindow.path(layer).asInt(0) : attentionWindow.asInt(512);
            if (window < 2 || window % 2 != 0) {
                throw new IllegalArgumentException(
                        "attention_window of block %d is %d; expected an even number, at least 2"
                                .formatted(layer, window));
            }
            return window;
        }

        int widest() {
            return IntStream.range(0, numHiddenLayers).map(this::window).max().orElse(2);
        }
    }

    /// Tokens that see all where `global_attention_mask` is not given.
    public enum Marks {
        NONE,
        /// The first one: classes of texts.
        FIRST,
        /// Those before the first separator: questions.
        QUESTION,
        /// Those behind the second separator: choices.
        CHOICE
    }

    private static final String NAME = "Longformer";

    static final Family FAMILY = new Family(
            "longformer",
            List.of(
                    NAME + "ForMaskedLM",
                    NAME + "ForSequenceClassification",
                    NAME + "ForTokenClassification",
                    NAME + "ForQuestionAnswering",
                    NAME + "ForMultipleChoice",
                    NAME + "Model"),
            List.of(NAME + "Model"),
            "longformer.",
            List.of("lm_head.", "classifier.", "qa_outputs.", "longformer.pooler.", "pooler."),
            name -> name.endsWith("embeddings.position_ids")
                    || name.startsWith("lm_head.decoder.")
                    || name.equals("lm_head.bias"),
            Longformer::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("hiddenAct", "gelu"),
            Map.entry("maxPositionEmbeddings", 512),
            Map.entry("typeVocabSize", 2),
            Map.entry("initializerRange", 0.02),
            Map.entry("layerNormEps", 1e-12),
            Map.entry("padTokenId", 1),
            Map.entry("sepTokenId", 2),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, new HashMap<>(DEFAULTS));
        String task = architecture.substring(NAME.length());
        Weights at = task.equals("Model") ? w : w.at("longformer");
        Longformer stack = stack(
                at,
                c,
                switch (task) {
                    case "ForSequenceClassification" -> Marks.FIRST;
                    case "ForQuestionAnswering" -> Marks.QUESTION;
                    case "ForMultipleChoice" -> Marks.CHOICE;
                    default -> Marks.NONE;
                });
        int D = c.hiddenSize;
        double std = c.initializerRange;
        int labels = Labels.count(json);
        Weights dense = at.at("pooler").at("dense");
        Weights lm = w.at("lm_head");
        EncoderHead head = switch (task) {
            case "ForMaskedLM" ->
                new EncoderHead.MaskedLm(BertHeads.words(
                        DenseLinear.load(lm.at("dense"), D, D, true, new Init.Normal(std)),
                        Activation.GELU,
                        LayerNorm.load(lm.at("layer_norm"), D, c.layerNormEps),
                        stack.embeddings.wordEmbeddings().weight(),
                        lm.at("decoder"),
                        lm,
                        c.tieWordEmbeddings));
            case "ForSequenceClassification" ->
                new EncoderHead.SequenceClassification(
                        BertHeads.twoLayers(w.at("classifier"), D, labels, Activation.TANH, std),
                        Labels.problemType(json));
            case "ForTokenClassification" ->
                new EncoderHead.TokenClassification(BertHeads.dropped(w.at("classifier"), D, labels, std));
            case "ForQuestionAnswering" ->
                new EncoderHead.QuestionAnswering(BertHeads.classifier(w.at("qa_outputs"), D, labels, std));
            case "ForMultipleChoice" ->
                new EncoderHead.MultipleChoice(Projection.of(
                        BertHeads.pooler(dense, D, Activation.TANH, std),
                        BertHeads.dropped(w.at("classifier"), D, 1, std)));
            default ->
                new EncoderHead.Bare(dense.has("weight") ? BertHeads.pooler(dense, D, Activation.TANH, std) : null);
        };
        return new EncoderModel(stack, head);
    }

    private static Longformer stack(Weights w, Config c, Marks marks) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights e = w.at("embeddings");
        int D = c.hiddenSize;
        Embedding words = Embedding.load(e.at("word_embeddings"), c.vocabSize, D, normal);
        return new Longformer(
                c,
                new BertStack.Embeddings(
                        new Embedding(words.weight(), c.padTokenId),
                        LearnedPosition.load(e.at("position_embeddings"), c.maxPositionEmbeddings, D, normal)
                                .padding(c.padTokenId),
                        Embedding.load(e.at("token_type_embeddings"), c.typeVocabSize, D, normal),
                        LayerNorm.load(e.at("LayerNorm"), D, c.layerNormEps)),
                IntStream.range(0, c.numHiddenLayers)
                        .mapToObj(i -> block(w.at("encoder").at("layer").at(i), c, i, normal))
                        .toList(),
                marks);
    }

    private static BertStack.Block block(Weights w, Config c, int layer, Init init) {
        Weights a = w.at("attention").at("self");
        Weights o = w.at("attention").at("output");
        int D = c.hiddenSize;
        return new BertStack.Block(
                new LocalGlobalAttention(
                        DenseLinear.load(a.at("query"), D, D, true, init),
                        DenseLinear.load(a.at("key"), D, D, true, init),
                        DenseLinear.load(a.at("value"), D, D, true, init),
                        DenseLinear.load(a.at("query_global"), D, D, true, init),
                        DenseLinear.load(a.at("key_global"), D, D, true, init),
                        DenseLinear.load(a.at("value_global"), D, D, true, init),
                        DenseLinear.load(o.at("dense"), D, D, true, init),
                        c.numAttentionHeads,
                        c.window(layer) / 2),
                LayerNorm.load(o.at("LayerNorm"), D, c.layerNormEps),
                new Mlp(
                        DenseLinear.load(w.at("intermediate").at("dense"), D, c.intermediateSize, true, init),
                        Activations.of(c.hiddenAct),
                        DenseLinear.load(w.at("output").at("dense"), c.intermediateSize, D, true, init)),
                LayerNorm.load(w.at("output").at("LayerNorm"), D, c.layerNormEps));
    }

    @Override
    public Set<String> arguments() {
        return Set.of(
                "input_ids",
                "inputs_embeds",
                "attention_mask",
                "global_attention_mask",
                "token_type_ids",
                "position_ids");
    }

    @Override
    public Tensor encode(Inputs inputs) {
        Tensor x = inputs.embeddings("", embeddings.wordEmbeddings()::forward, config.hiddenSize);
        int B = x.shape().size(0);
        int T = x.shape().size(1);
        Tensor ids = inputs.integers("input_ids", "batch", B, "seq", T);
        int W = config.widest();
        int whole = (T + W - 1) / W * W;
        if (whole > T) {
            Tensor pads = filled(null, B, whole - T, config.padTokenId);
            x = new ConcatOp(List.of(x, embeddings.wordEmbeddings().forward(pads)), "seq").run();
        }
        Tensor given = inputs.has("position_ids") ? inputs.pass("", B, T).positions() : null;
        Tensor places = filled(given == null ? counted(ids, B, T) : given, B, whole, config.padTokenId);
        Tensor types = filled(inputs.integers("token_type_ids", "batch", B, "seq", T), B, whole, 0);
        x = new AddOp(x, embeddings.positionEmbeddings().forward(places)).run();
        x = new AddOp(x, embeddings.tokenTypes().forward(types)).run();
        Pass plain = inputs.pass("", B, T);
        Pass pass = new Pass(plain.positions(), marked(inputs, ids, B, T, whole), null, inputs.dropout());
        x = pass.drop(embeddings.norm().forward(x));
        Trace.next("hidden_states", TransformerStack.cut(x, T));
        for (BertStack.Block block : layer) {
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
            Trace.next("hidden_states", TransformerStack.cut(x, T));
        }
        return TransformerStack.cut(x, T);
    }

    /// `of` `(batch, seq)`, or nothing, with `value` up to `length`.
    static Tensor filled(Tensor of, int B, int length, int value) {
        Tensor filled = Tensor.allocate(Shape.of("batch", B, "seq", length), DType.I32);
        int T = of == null ? 0 : of.shape().size(1);
        for (int i = 0; i < B * length; i++) {
            int t = i % length;
            filled.memory().set(i, t < T ? of.memory().get((long) i / length * T + t) : value);
        }
        return filled;
    }

    /// Places from `pad + 1` on; tokens of padding stand at `pad` and do not count. Embeddings count all.
    private Tensor counted(Tensor ids, int B, int T) {
        Tensor places = Tensor.allocate(Shape.of("batch", B, "seq", T), DType.I32);
        for (int i = 0, n = 0; i < B * T; i++) {
            n = i % T == 0 ? 0 : n;
            boolean token = ids == null || ids.memory().get(i) != config.padTokenId;
            n += token ? 1 : 0;
            places.memory().set(i, token ? config.padTokenId + n : config.padTokenId);
        }
        return places;
    }

    /// 0 for padding, 1 for tokens, 2 for tokens that see all.
    private Tensor marked(Inputs inputs, Tensor ids, int B, int T, int whole) {
        Tensor marked = marked(inputs, B, T, whole);
        for (int b = 0; !inputs.has("global_attention_mask") && b < B; b++) {
            int[] range = range(ids, b, T);
            for (int t = range[0]; t < range[1]; t++) {
                long at = (long) b * whole + t;
                marked.memory().set(at, 2 * marked.memory().get(at));
            }
        }
        return marked;
    }

    /// The same from `attention_mask` and `global_attention_mask` alone, with padding up to `whole`.
    static Tensor marked(Inputs inputs, int B, int T, int whole) {
        Tensor mask = inputs.padding("attention_mask", B, T);
        Tensor all = inputs.padding("global_attention_mask", B, T);
        Tensor marked = Tensor.zerosLike(Tensor.allocate(Shape.of("batch", B, "kv_seq", whole), DType.U8));
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                long at = (long) b * T + t;
                boolean sees = all != null && all.memory().get(at) != 0;
                double token = mask == null ? 1 : mask.memory().get(at);
                marked.memory().set((long) b * whole + t, token * (sees ? 2 : 1));
            }
        }
        return marked;
    }

    /// First and last, exclusive, of the tokens that the task marks in row `b`.
    private int[] range(Tensor ids, int b, int T) {
        if (marks == Marks.NONE || marks != Marks.FIRST && ids == null) {
            return new int[2];
        }
        if (marks == Marks.FIRST) {
            return new int[] {0, 1};
        }
        int first = -1;
        int found = 0;
        for (int t = 0; t < T; t++) {
            if (ids.memory().get((long) b * T + t) == config.sepTokenId) {
                first = first < 0 ? t : first;
                found++;
            }
        }
        if (found != 3) {
            throw new ShapeException(
                    "[longformer] row %d of input_ids has %d separators (id %d); expected three, or global_attention_mask"
                            .formatted(b, found, config.sepTokenId));
        }
        return marks == Marks.QUESTION ? new int[] {0, first} : new int[] {first + 2, T};
    }
}
