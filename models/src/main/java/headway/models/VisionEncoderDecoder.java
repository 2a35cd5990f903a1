package headway.models;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.DenseLinear.Layout;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.Encoded;
import headway.nn.attention.FusedAttention;
import headway.nn.attention.PackedCrossAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.SessionCache;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// An encoder of pictures and GPT-2 as a decoder that looks at them: a picture's caption.
///
/// [Li et al. 2021](https://arxiv.org/abs/2109.10282) for the scheme, [Vinyals et al.
/// 2014](https://arxiv.org/abs/1411.4555) for the task. Encoders: ViT, DeiT, Swin. Weight names are those
/// of Hugging Face's `VisionEncoderDecoderModel`.
///
/// @param bridge from the encoder's width to the decoder's; null where they are the same
public record VisionEncoderDecoder(
        Ids ids, Gpt2.Config config, EncoderModel encoder, Linear bridge, Writer decoder, Linear lmHead)
        implements EncoderDecoder {
    /// Tokens that `config.json` names.
    public record Ids(int start, int pad) {}

    /// GPT-2's stack.
    public record Writer(Embedding wte, LearnedPosition wpe, List<Block> h, LayerNorm lnF) implements Layer {}

    /// GPT-2's block with attention to the picture between its own and the feed-forward.
    public record Block(
            LayerNorm ln1, FusedAttention attn, LayerNorm lnCross, PackedCrossAttention cross, LayerNorm ln2, Mlp mlp)
            implements Layer {
        Tensor forward(Tensor x, Pass pass, Encoded encoded) {
            Tensor h = pass.plus(x, r -> attn.forward(ln1.forward(x), pass, r));
            Tensor c = pass.plus(h, r -> cross.forward(lnCross.forward(h), encoded, r));
            return pass.plus(c, r -> mlp.forward(ln2.forward(c), r));
        }
    }

    static final Family FAMILY = new Family(
            "vision-encoder-decoder",
            List.of("VisionEncoderDecoderModel"),
            List.of(),
            "",
            List.of("encoder.pooler."),
            // Masks that older files store beside the weights.
            name -> name.endsWith("attn.bias")
                    || name.endsWith("attn.masked_bias")
                    || name.endsWith("crossattention.bias")
                    || name.endsWith("crossattention.masked_bias")
                    || name.endsWith("embeddings.mask_token")
                    // A copy of the table of words, which is the head.
                    || name.equals("decoder.lm_head.weight"),
            VisionEncoderDecoder::load);

    /// Reads a config and builds the model from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        JsonNode seeing = json.path("encoder");
        JsonNode writing = json.path("decoder");
        if (!writing.path("model_type").asString("").equals("gpt2")) {
            throw new ConfigException("[config] %s: the decoder is %s; vision-encoder-decoder has gpt2 here"
                    .formatted(file, writing.path("model_type")));
        }
        Family family = Families.of(seeing, file + ", encoder");
        Model made = family.bareHeads().isEmpty()
                ? null
                : family.loader().load(seeing, file, family.bareHeads().getFirst(), w.at("encoder"));
        if (!(made instanceof EncoderModel encoder) || !encoder.arguments().contains("pixel_values")) {
            throw new ConfigException("[config] %s: the encoder %s sees no pictures; known: vit, deit, swin"
                    .formatted(file, seeing.path("model_type")));
        }
        Gpt2.Config c = ConfigReader.read(writing, Gpt2.Config.class, file, Gpt2.DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange());
        Weights at = w.at("decoder").at("transformer");
        Embedding wte = Embedding.load(at.at("wte"), c.vocabSize(), c.nEmbd(), normal);
        List<Block> h = IntStream.range(0, c.nLayer())
                .mapToObj(i -> block(at.at("h").at(i), c, i, normal))
                .toList();
        var decoder = new Writer(
                wte,
                LearnedPosition.load(at.at("wpe"), c.nPositions(), c.nEmbd(), normal),
                h,
                LayerNorm.load(at.at("ln_f"), c.nEmbd(), c.layerNormEpsilon()));
        int width = seeing.path("hidden_size").asInt(c.nEmbd());
        boolean bridged = width != c.nEmbd();
        return new VisionEncoderDecoder(
                ids(json, writing),
                c,
                encoder,
                bridged ? DenseLinear.load(w.at("enc_to_dec_proj"), width, c.nEmbd(), true, normal) : null,
                decoder,
                CausalModel.head(
                        "GPT2LMHeadModel",
                        w.at("decoder").at("lm_head"),
                        wte,
                        c.tieWordEmbeddings(),
                        c.nEmbd(),
                        c.vocabSize(),
                        normal));
    }

    private static Ids ids(JsonNode json, JsonNode writing) {
        int bos = writing.path("bos_token_id").asInt(50256);
        int start = json.path("decoder_start_token_id")
                .asInt(writing.path("decoder_start_token_id").asInt(bos));
        return new Ids(
                start,
                json.path("pad_token_id").asInt(writing.path("pad_token_id").asInt(bos)));
    }

    private static Block block(Weights w, Gpt2.Config c, int layer, Init init) {
        int D = c.nEmbd();
        int headDim = D / c.nHead();
        Weights a = w.at("attn");
        Weights x = w.at("crossattention");
        Weights m = w.at("mlp");
        return new Block(
                LayerNorm.load(w.at("ln_1"), D, c.layerNormEpsilon()),
                new FusedAttention(
                        DenseLinear.load(a.at("c_attn"), D, 3 * D, true, init, Layout.IN_OUT),
                        DenseLinear.load(a.at("c_proj"), D, D, true, init, Layout.IN_OUT),
                        headDim,
                        new ScaledDotProduct(c.scale(layer), new Mask.Causal(), layer)),
                LayerNorm.load(w.at("ln_cross_attn"), D, c.layerNormEpsilon()),
                new PackedCrossAttention(
                        DenseLinear.load(x.at("q_attn"), D, D, true, init, Layout.IN_OUT),
                        DenseLinear.load(x.at("c_attn"), D, 2 * D, true, init, Layout.IN_OUT),
                        DenseLinear.load(x.at("c_proj"), D, D, true, init, Layout.IN_OUT),
                        headDim,
                        new ScaledDotProduct(c.scale(layer), new Mask.Bidirectional(), layer)),
                LayerNorm.load(w.at("ln_2"), D, c.layerNormEpsilon()),
                new Mlp(
                        DenseLinear.load(m.at("c_fc"), D, c.nInner(), true, init, Layout.IN_OUT),
                        Activations.of(c.activationFunction()),
                        DenseLinear.load(m.at("c_proj"), c.nInner(), D, true, init, Layout.IN_OUT)));
    }

    @Override
    public Set<String> encoderArguments() {
        return Set.of("pixel_values");
    }

    @Override
    public Encoded encode(Inputs inputs) {
        Tensor seen = encoder.encoder().encode(inputs);
        Trace.put("encoder_last_hidden_state", seen);
        return Encoded.of(bridge == null ? seen : bridge.forward(seen), null);
    }

    /// Nothing more: [#encode] has written down what comes before the bridge.
    @Override
    public void traceEncoded(Encoded encoded) {}

    /// The decoder with a picture that is encoded.
    private record Over(VisionEncoderDecoder model, Encoded encoded) implements Decoder {
        @Override
        public Tensor embed(Tensor ids) {
            return model.decoder.wte.forward(ids);
        }

        @Override
        public Tensor hidden(Tensor embeddings, Pass pass) {
            Tensor places = model.decoder.wpe.forward(pass.positions());
            Tensor x = pass.drop(new AddOp(embeddings, places).run());
            x = CausalModel.through(model.decoder.h, x, (block, r) -> block.forward(r, pass, encoded));
            return CausalModel.last(model.decoder.lnF.forward(x));
        }

        @Override
        public Tensor logits(Tensor hidden) {
            return model.lmHead.forward(hidden);
        }

        @Override
        public SessionCache newCache(int tokens) {
            return new GrowingCache(tokens);
        }

        @Override
        public Sizes sizes() {
            Gpt2.Config c = model.config;
            return new Sizes(
                    c.vocabSize(),
                    c.nEmbd(),
                    c.nLayer(),
                    c.nHead(),
                    c.nHead(),
                    c.nEmbd() / c.nHead(),
                    c.nPositions(),
                    0);
        }

        @Override
        public int positionLimit() {
            return model.config.nPositions();
        }
    }

    @Override
    public Decoder decoder(Encoded encoded) {
        return new Over(this, encoded);
    }

    @Override
    public int startTokenId() {
        return ids.start;
    }

    @Override
    public int padTokenId() {
        return ids.pad;
    }
}
