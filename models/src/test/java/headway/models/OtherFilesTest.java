package headway.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.Json;
import headway.io.SafetensorsFile;
import headway.io.SafetensorsWriter;
import headway.io.StoredTensor;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Files as other versions of Hugging Face's library write them are the same models as the goldens that they were made
/// from, in values and gradients.
class OtherFilesTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "encoders/bert-masked, LayerNorm.weight, LayerNorm.gamma",
        "encoders/bert-masked, LayerNorm.bias, LayerNorm.beta",
        "encoders/deberta-tokens, LayerNorm.weight, LayerNorm.gamma",
        "vision/vit, encoder.layer.(\\d+).attention.attention.query, layers.$1.attention.q_proj",
        "vision/vit, encoder.layer.(\\d+).layernorm_before, layers.$1.layernorm_before",
        "vision/vit, encoder.layer.(\\d+).output.dense, layers.$1.mlp.fc2",
        "vision/swin, attention.self.key, attention.k_proj",
        "vision/swin, intermediate.dense, mlp.fc1",
        "decoders/neox-a, embed_out, lm_head",
    })
    void otherNames(String golden, String name, String other) throws IOException {
        UnaryOperator<String> renamed = n -> n.replaceFirst(name.replace(".", "\\."), other);
        same(golden, _ -> {}, all -> renamed(all, renamed), renamed);
    }

    @Test
    void stackWithoutItsPrefix() throws IOException {
        same(
                "encoders/bert-sequence",
                _ -> {},
                all -> renamed(all, n -> n.replaceFirst("^bert\\.", "")),
                UnaryOperator.identity());
    }

    @ParameterizedTest
    @CsvSource({
        "decoders/smollm-a, model.embed_tokens.weight, lm_head.weight",
        "decoders/gpt2-a, transformer.wte.weight, lm_head.weight",
        "encoders/bert-masked, cls.predictions.bias, cls.predictions.decoder.bias",
        "encoders/bert-masked, bert.embeddings.word_embeddings.weight, cls.predictions.decoder.weight",
        "encoder_decoders/t5-tied, shared.weight, decoder.embed_tokens.weight",
        "encoder_decoders/bart, model.shared.weight, model.encoder.embed_tokens.weight",
        "encoder_decoders/bart, model.shared.weight, lm_head.weight",
        "vision/qwen2vl-tied, model.embed_tokens.weight, lm_head.weight",
    })
    void tiedParametersUnderAnotherName(String golden, String name, String other) throws IOException {
        same(golden, _ -> {}, all -> renamed(all, n -> n.equals(name) ? other : n), UnaryOperator.identity());
    }

    @ParameterizedTest
    @CsvSource({
        "decoders/neox-b, gpt_neox.embed_in.weight, lm_head.weight",
        "decoders/smollm-a, model.embed_tokens.weight, lm_head.weight",
        "encoders/bert-masked, bert.embeddings.word_embeddings.weight, cls.predictions.decoder.weight",
        "encoder_decoders/switch, shared.weight, lm_head.weight",
        "vision/qwen2vl-tied, model.embed_tokens.weight, lm_head.weight",
    })
    void tiedParametersStoredTwice(String golden, String name, String other) throws IOException {
        same(
                golden,
                _ -> {},
                all -> {
                    var more = new ArrayList<>(all);
                    all.stream()
                            .filter(t -> t.name().equals(name))
                            .map(t -> new StoredTensor(other, t.dtype(), t.shape(), t.data()))
                            .forEach(more::add);
                    assertThat(more).hasSize(all.size() + 1);
                    return more;
                },
                UnaryOperator.identity());
    }

    @ParameterizedTest
    @CsvSource({
        "decoders/llama-a, model.",
        "decoders/gpt2-a, transformer.",
        "encoders/bert-sequence, bert.",
        "encoders/bert-masked, bert.",
        "encoder_decoders/t5-tied, transformer.",
        "encoder_decoders/switch, switch_transformers.",
        "encoder_decoders/bart, model.",
        "vision/clip, clip.",
    })
    void namesInsideOfAnother(String golden, String around) throws IOException {
        same(golden, _ -> {}, all -> renamed(all, n -> around + n), UnaryOperator.identity());
    }

    @Test
    void earlySidesOfClipCountBeforeTheOthers() throws IOException {
        same(
                "vision/clip",
                config -> {
                    config.set("text_config_dict", config.get("text_config").deepCopy());
                    ((ObjectNode) config.get("text_config"))
                            .put("eos_token_id", 3)
                            .put("hidden_act", "relu");
                    config.set("vision_config_dict", config.remove("vision_config"));
                },
                all -> all,
                UnaryOperator.identity());
    }

    @Test
    void groupsOfExpertsMatterWhereABlockHasExperts() {
        ObjectNode config = (ObjectNode) Json.parse("""
                {"model_type": "deepseek_v3", "vocab_size": 9, "hidden_size": 4, "intermediate_size": 4,
                 "num_hidden_layers": 1, "num_attention_heads": 1, "q_lora_rank": null, "kv_lora_rank": 2,
                 "qk_nope_head_dim": 2, "qk_rope_head_dim": 2, "v_head_dim": 2, "n_routed_experts": 6,
                 "num_experts_per_tok": 4, "n_group": 4, "topk_group": 9, "first_k_dense_replace": 1}""", "test");
        try (var model = Pretrained.create(config, "test", 1)) {
            assertThat(model.parameters()).containsKey("model.layers.0.mlp.gate_proj.weight");
        }
        config.put("first_k_dense_replace", 0);
        assertThatThrownBy(() -> Pretrained.create(config, "test", 1).close())
                .hasMessageContaining("n_routed_experts (6), n_group (4), topk_group (9)");
    }

    @Test
    void keysOfT5sActivationCountBeforeTheOneThatNamesBoth() {
        ObjectNode config = (ObjectNode) Json.parse("""
                {"model_type": "t5", "vocab_size": 9, "d_model": 2, "d_kv": 1, "d_ff": 2, "num_heads": 1, "num_layers": 1,
                 "relative_attention_num_buckets": 5, "feed_forward_proj": "relu"}""", "test");
        assertThat(activationOf(config)).isEqualTo(Activation.RELU);
        config.put("is_gated_act", true).put("dense_act_fn", "silu");
        assertThat(activationOf(config)).isEqualTo(Activation.SILU);
        try (var model = Pretrained.create(config, "test", 1)) {
            assertThat(model.parameters()).containsKey("encoder.block.0.layer.1.DenseReluDense.wi_1.weight");
        }
    }

    private static Activation activationOf(ObjectNode config) {
        try (var model = Pretrained.create(config, "test", 1)) {
            return ((T5) model.model()).config().activation();
        }
    }

    @Test
    void blocksOfSwitchDecodersThatAFileDoesNotCount() {
        ObjectNode config = (ObjectNode) Json.parse("""
                {"model_type": "switch_transformers", "vocab_size": 9, "d_model": 2, "d_kv": 1, "d_ff": 2, "num_heads": 1,
                 "num_layers": 3, "num_experts": 2}""", "test");
        assertThat(blocksOfWriter(config)).isEqualTo(12);
        config.putNull("num_decoder_layers");
        assertThat(blocksOfWriter(config)).isEqualTo(3);
    }

    private static int blocksOfWriter(ObjectNode config) {
        try (var model = Pretrained.create(config, "test", 1)) {
            return ((Switch) model.model()).writer().decoder().block().size();
        }
    }

    @ParameterizedTest
    @CsvSource({"decoders/mixtral-a, w1, w3, w2", "decoders/qwen3moe-a, gate_proj, up_proj, down_proj"})
    void expertsInOneTensor(String golden, String gate, String up, String down) throws IOException {
        same(golden, _ -> {}, all -> packed(all, gate, up, down), UnaryOperator.identity());
    }

    @ParameterizedTest
    @CsvSource({
        "decoders/gpt2-a, n_embd, hidden_size",
        "decoders/gpt2-a, n_head, num_attention_heads",
        "decoders/mpt-a, d_model, hidden_size",
        "decoders/bloom-a, hidden_size, n_embed",
        "encoder_decoders/t5-tied, num_layers, num_hidden_layers",
        "encoder_decoders/bart, d_model, hidden_size",
        "encoders/distilbert-tokens, n_layers, num_hidden_layers",
    })
    void otherKeys(String golden, String key, String other) throws IOException {
        same(golden, config -> config.set(other, config.remove(key)), all -> all, UnaryOperator.identity());
    }

    @Test
    void gemmasFirstFilesSayGeluAndMeanTheTanhForm() throws IOException {
        assertThat(Json.read(GOLDENS.resolve("decoders/gemma-a/config.json"))
                        .path("hidden_act")
                        .asString())
                .isEqualTo("gelu_pytorch_tanh");
        same("decoders/gemma-a", config -> config.put("hidden_act", "gelu"), all -> all, UnaryOperator.identity());
    }

    @Test
    void blocksWithoutPositionsFollowTheInterval() throws IOException {
        same(
                "decoders/smollm3-a",
                config -> {
                    assertThat(config.remove("no_rope_layers").toString()).startsWith("[1,0");
                    config.put("no_rope_layer_interval", 2);
                },
                all -> all,
                UnaryOperator.identity());
    }

    @ParameterizedTest
    @CsvSource({
        "falcon, multi_query",
        "falcon, parallel_attn",
        "deepseek_v3, rope_interleave",
        "deepseek_v3, norm_topk_prob"
    })
    void nullTurnsOffWhatIsOnWhereNothingIsSaid(String family, String key) {
        ObjectNode config = (ObjectNode) Json.parse("{\"model_type\": \"%s\"}".formatted(family), "test");
        assertThat(ConfigAliases.resolved(config).has(key)).isFalse();
        assertThat(ConfigAliases.resolved(config.putNull(key)).path(key).booleanValue())
                .isFalse();
        assertThat(ConfigAliases.resolved(config.put(key, true)).path(key).booleanValue())
                .isTrue();
    }

    @Test
    void eachHeadHasKeysOfItsOwnWhereTheirNumberIsNull() throws IOException {
        same(
                "vision/qwen2vl-tied",
                config -> ((ObjectNode) config.path("text_config")).putNull("num_key_value_heads"),
                all -> all,
                UnaryOperator.identity());
    }

    @Test
    void computedTensorsAreNoneOfTheModels() throws IOException {
        same(
                "decoders/llama-a",
                _ -> {},
                all -> {
                    var more = new ArrayList<>(all);
                    for (String name : List.of("inv_freq", "original_inv_freq")) {
                        StoredTensor any = all.getFirst();
                        more.add(new StoredTensor("model.rotary_emb." + name, any.dtype(), any.shape(), any.data()));
                    }
                    return more;
                },
                UnaryOperator.identity());
    }

    private static List<StoredTensor> renamed(List<StoredTensor> all, UnaryOperator<String> name) {
        List<StoredTensor> renamed = all.stream()
                .map(t -> new StoredTensor(name.apply(t.name()), t.dtype(), t.shape(), t.data()))
                .toList();
        assertThat(renamed.stream().map(StoredTensor::name).toList())
                .isNotEqualTo(all.stream().map(StoredTensor::name).toList());
        return renamed;
    }

    /// Gate and up of each expert one below the other, and all experts behind one another.
    private static List<StoredTensor> packed(List<StoredTensor> all, String gate, String up, String down) {
        var byName = new LinkedHashMap<String, StoredTensor>();
        all.forEach(t -> byName.put(t.name(), t));
        var rest = new ArrayList<StoredTensor>();
        for (StoredTensor t : all) {
            String name = t.name();
            if (!name.contains(".experts.")) {
                rest.add(new StoredTensor(name.replace("block_sparse_moe", "mlp"), t.dtype(), t.shape(), t.data()));
            } else if (name.endsWith(".experts.0." + gate + ".weight")) {
                String at = name.substring(0, name.indexOf("experts.") + 8);
                String to = at.replace("block_sparse_moe", "mlp");
                rest.add(joined(to + "gate_up_proj", byName, at, gate, up));
                rest.add(joined(to + "down_proj", byName, at, down));
            }
        }
        return rest;
    }

    private static StoredTensor joined(String name, Map<String, StoredTensor> all, String at, String... parts) {
        var found = new ArrayList<StoredTensor>();
        for (int e = 0; all.containsKey(at + e + "." + parts[0] + ".weight"); e++) {
            for (String part : parts) {
                found.add(all.get(at + e + "." + part + ".weight"));
            }
        }
        StoredTensor first = found.getFirst();
        long bytes = first.data().byteSize();
        MemorySegment data = Arena.ofAuto().allocate(bytes * found.size(), 64);
        for (int i = 0; i < found.size(); i++) {
            MemorySegment.copy(found.get(i).data(), 0, data, i * bytes, bytes);
        }
        long[] shape = {found.size() / parts.length, parts.length * first.shape()[0], first.shape()[1]};
        return new StoredTensor(name, first.dtype(), shape, data);
    }

    @FunctionalInterface
    private interface Change {
        void to(ObjectNode config);
    }

    /// @param gradient names of gradients by those of the golden
    private void same(
            String name,
            Change change,
            Function<List<StoredTensor>, List<StoredTensor>> tensors,
            UnaryOperator<String> gradient)
            throws IOException {
        Path golden = GOLDENS.resolve(name);
        var config = (ObjectNode) Json.read(golden.resolve("config.json"));
        change.to(config);
        Files.writeString(folder.resolve("config.json"), config.toString());
        try (var file = SafetensorsFile.open(golden.resolve("model.safetensors"))) {
            SafetensorsWriter.write(
                    folder.resolve("model.safetensors"),
                    tensors.apply(List.copyOf(file.tensors().values())));
        }
        try (var model = Pretrained.load(folder.toString(), Loading.TRAIN);
                var inputs = SafetensorsFile.open(golden.resolve("inputs.safetensors"));
                var expected = SafetensorsFile.open(golden.resolve("expected.safetensors"));
                var gradients = SafetensorsFile.open(golden.resolve("gradients.safetensors"))) {
            Microscope.look(model, inputs.tensors(), true, out -> {
                var found = new HashMap<String, StoredTensor>();
                out.forEach(t -> found.put(t.name(), t));
                expected.tensors().values().forEach(t -> assertClose(found.get(t.name()), t));
                for (StoredTensor t : gradients.tensors().values()) {
                    String path = t.name().substring("grad.".length());
                    assertClose(found.get("grad." + gradient.apply(path)), t);
                }
            });
        }
    }

    private static void assertClose(StoredTensor found, StoredTensor expected) {
        assertThat(found).as(expected.name()).isNotNull();
        var a = new Span(found.data(), found.dtype());
        var b = new Span(expected.data(), expected.dtype());
        assertThat(a.count()).as(expected.name()).isEqualTo(b.count());
        for (long i = 0; i < b.count(); i++) {
            double bound = 1e-4 * Math.max(1, Math.abs(b.get(i)));
            assertThat(a.get(i)).as("%s[%d]", expected.name(), i).isCloseTo(b.get(i), Offset.offset(bound));
        }
    }
}
