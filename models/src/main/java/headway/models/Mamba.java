package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.TokenEmbedding;
import headway.nn.Weights;
import headway.nn.norm.RmsNorm;
import headway.nn.recurrent.SelectiveStateSpace;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Mamba: blocks of a convolution over the last tokens and a selective scan; no attention, a state of constant size.
///
/// [Gu & Dao 2023](https://arxiv.org/abs/2312.00752). Weight names are those of Hugging Face's `MambaForCausalLM`.
public record Mamba(Config config, Backbone backbone, Linear lmHead) implements StateSpaceDecoder {
    /// Field names are those of `config.json`.
    ///
    /// @param timeStepRank a number, or `auto` for a sixteenth of the width, rounded up
    public record Config(
            int vocabSize,
            int hiddenSize,
            int stateSize,
            int numHiddenLayers,
            double layerNormEpsilon,
            double expand,
            Integer intermediateSize,
            int convKernel,
            boolean useBias,
            boolean useConvBias,
            String hiddenAct,
            double initializerRange,
            JsonNode timeStepRank,
            double timeStepScale,
            boolean tieWordEmbeddings) {
        public Config {
            if (hiddenSize < 1 || stateSize < 1 || numHiddenLayers < 1 || convKernel < 1 || expand * hiddenSize < 1) {
                throw new IllegalArgumentException(
                        "hidden_size (%d), state_size (%d), num_hidden_layers (%d), conv_kernel (%d), expand (%s): expected at least 1"
                                .formatted(hiddenSize, stateSize, numHiddenLayers, convKernel, expand));
            }
        }

        /// What the file says, or `expand` times the width.
        int inner() {
            return intermediateSize == null ? (int) (expand * hiddenSize) : intermediateSize;
        }

        int rank() {
            return timeStepRank.isNumber() ? timeStepRank.asInt() : (hiddenSize + 15) / 16;
        }
    }

    static final Family FAMILY =
            ReadingDecoder.family("mamba", "Mamba", List.of(), "backbone.", name -> false, Mamba::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("stateSize", 16),
            Map.entry("layerNormEpsilon", 1e-5),
            Map.entry("expand", 2.0),
            Map.entry("convKernel", 4),
            Map.entry("useBias", false),
            Map.entry("useConvBias", true),
            Map.entry("hiddenAct", "silu"),
            Map.entry("initializerRange", 0.1),
            Map.entry("timeStepScale", 1.0),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model from `w`.
    static Mamba load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        Weights at = w.at("backbone");
        // The first files said "embedding".
        Weights table = at.at("embedding").has("weight") && !at.at("embeddings").has("weight")
                ? at.at("embedding")
                : at.at("embeddings");
        TokenEmbedding words = TokenEmbedding.load(table, c.vocabSize, c.hiddenSize, normal, -1);
        List<Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i))
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("norm_f"), c.hiddenSize, c.layerNormEpsilon);
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), words, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Mamba(c, new Backbone(words, layers, norm), head);
    }

    private static Block block(Weights w, Config c, int layer) {
        Weights m = w.at("mixer");
        Init in = new Init.KaimingUniform(Math.sqrt(5));
        int inner = c.inner();
        int rank = c.rank();
        Parameter bias = c.useConvBias ? m.at("conv1d").get("bias", Init.ZEROS, "channels", inner) : null;
        Activation activation = Activations.of(c.hiddenAct);
        return new Block(
                RmsNorm.load(w.at("norm"), c.hiddenSize, c.layerNormEpsilon),
                new SelectiveStateSpace(
                        Linear.load(m.at("in_proj"), c.hiddenSize, 2 * inner, c.useBias, in),
                        m.at("conv1d").get("weight", in, "channels", inner, "one", 1, "width", c.convKernel),
                        bias,
                        Linear.load(m.at("x_proj"), inner, rank + 2 * c.stateSize, false, in),
                        DenseLinear.load(
                                m.at("dt_proj"),
                                rank,
                                inner,
                                true,
                                new Init.Uniform(c.timeStepScale / Math.sqrt(rank)),
                                new Init.TimeStep(0.001, 0.1, 1e-4)),
                        m.get("A_log", new Init.LogOfIndex(), "channels", inner, "states", c.stateSize),
                        m.get("D", Init.ONES, "channels", inner),
                        Linear.load(m.at("out_proj"), inner, c.hiddenSize, c.useBias, in),
                        activation,
                        layer));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(config.vocabSize, config.hiddenSize, config.numHiddenLayers, 0, 0, 0, Integer.MAX_VALUE, 0);
    }
}
