package headway.models;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Weights;
import headway.nn.norm.RmsNorm;
import headway.nn.recurrent.ScalarStateSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Mamba 2: as Mamba, with heads whose state decays by one number each.
///
/// [Dao & Gu 2024](https://arxiv.org/abs/2405.21060). Weight names are those of Hugging Face's `Mamba2ForCausalLM`.
public record Mamba2(Config config, Backbone backbone, Linear lmHead) implements StateSpaceDecoder {
    static final Family FAMILY =
            ReadingDecoder.family("mamba2", "Mamba2", List.of(), "backbone.", name -> false, Mamba2::load);

    /// Field names are those of `config.json`.
    ///
    /// @param timeStepLimit least and greatest step
    public record Config(
            int vocabSize,
            int hiddenSize,
            int stateSize,
            int numHeads,
            int headDim,
            int nGroups,
            int numHiddenLayers,
            double layerNormEpsilon,
            double expand,
            int convKernel,
            boolean useBias,
            boolean useConvBias,
            String hiddenAct,
            double initializerRange,
            double timeStepMin,
            double timeStepMax,
            double timeStepFloor,
            JsonNode timeStepLimit,
            boolean rescalePrenormResidual,
            boolean tieWordEmbeddings) {
        public Config {
            if ((int) (expand * hiddenSize) != numHeads * headDim) {
                throw new IllegalArgumentException(
                        "hidden_size (%d) times expand (%s) must be num_heads (%d) times head_dim (%d)"
                                .formatted(hiddenSize, expand, numHeads, headDim));
            }
            if (nGroups < 1 || numHeads % nGroups != 0) {
                throw new IllegalArgumentException(
                        "num_heads (%d) must be a multiple of n_groups (%d)".formatted(numHeads, nGroups));
            }
        }

        int inner() {
            return numHeads * headDim;
        }

        /// Bound `i`; files write the infinite one as an object.
        double limit(int i, double otherwise) {
            JsonNode bound = timeStepLimit.path(i);
            String text = bound.isString()
                    ? bound.asString()
                    : bound.path("__float__").asString("");
            return switch (text) {
                case "" -> bound.isNumber() ? bound.asDouble() : otherwise;
                case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
                default ->
                    throw new ConfigException(
                            "[config] time_step_limit holds %s; expected two numbers, the second may be Infinity"
                                    .formatted(bound));
            };
        }
    }

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("stateSize", 128);
        d.put("numHeads", 128);
        d.put("headDim", 64);
        d.put("nGroups", 8);
        d.put("layerNormEpsilon", 1e-5);
        d.put("expand", 2.0);
        d.put("convKernel", 4);
        d.put("useBias", false);
        d.put("useConvBias", true);
        d.put("hiddenAct", "silu");
        d.put("initializerRange", 0.1);
        d.put("timeStepMin", 0.001);
        d.put("timeStepMax", 0.1);
        d.put("timeStepFloor", 1e-4);
        d.put("rescalePrenormResidual", false);
        d.put("tieWordEmbeddings", false);
        return d;
    }

    /// Reads a config and builds the model from `w`.
    static Mamba2 load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, defaults());
        Init normal = new Init.Normal(c.initializerRange);
        Weights at = w.at("backbone");
        // The first files said "embedding".
        Weights table = at.at("embedding").has("weight") && !at.at("embeddings").has("weight")
                ? at.at("embedding")
                : at.at("embeddings");
        Embedding words = Embedding.load(table, c.vocabSize, c.hiddenSize, normal);
        List<Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i))
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("norm_f"), c.hiddenSize, c.layerNormEpsilon);
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), words, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Mamba2(c, new Backbone(words, layers, norm), head);
    }

    private static Block block(Weights w, Config c, int layer) {
        Weights m = w.at("mixer");
        int inner = c.inner();
        int mixed = inner + 2 * c.nGroups * c.stateSize;
        Init normal = new Init.Normal(c.initializerRange);
        Init conv = new Init.KaimingUniform(Math.sqrt(5));
        double depth = c.rescalePrenormResidual ? c.numHiddenLayers : 1;
        Init out = new Init.Uniform(1 / Math.sqrt(inner * depth));
        var settings = new ScalarStateSpace.Settings(
                c.nGroups,
                c.stateSize,
                Activations.of(c.hiddenAct),
                c.layerNormEpsilon,
                c.limit(0, 0),
                c.limit(1, Double.POSITIVE_INFINITY),
                layer);
        return new Block(
                RmsNorm.load(w.at("norm"), c.hiddenSize, c.layerNormEpsilon),
                new ScalarStateSpace(
                        DenseLinear.load(m.at("in_proj"), c.hiddenSize, inner + mixed + c.numHeads, c.useBias, normal),
                        m.at("conv1d").get("weight", conv, "channels", mixed, "one", 1, "width", c.convKernel),
                        c.useConvBias ? m.at("conv1d").get("bias", Init.ZEROS, "channels", mixed) : null,
                        m.get(
                                "dt_bias",
                                new Init.TimeStep(c.timeStepMin, c.timeStepMax, c.timeStepFloor),
                                "heads",
                                c.numHeads),
                        m.get("A_log", new Init.LogOfIndex(), "heads", c.numHeads),
                        m.get("D", Init.ONES, "heads", c.numHeads),
                        m.at("norm").get("weight", Init.ONES, "hidden", inner),
                        DenseLinear.load(m.at("out_proj"), inner, c.hiddenSize, c.useBias, out),
                        settings));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(config.vocabSize, config.hiddenSize, config.numHiddenLayers, 0, 0, 0, Integer.MAX_VALUE, 0);
    }
}
