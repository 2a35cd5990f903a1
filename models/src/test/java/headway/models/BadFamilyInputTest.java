package headway.models;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.Json;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What does not fit a family says so: the value, what was expected, what to do.
class BadFamilyInputTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens");

    private static JsonNode config(String folder, String key, String value) {
        var config = (ObjectNode) Json.read(GOLDENS.resolve(folder).resolve("config.json"));
        config.set(key, Json.parse(value, "test"));
        return config;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            encoders/bert-masked | architectures | ["BertLMHeadModel"] | BertLMHeadModel reads from left to right, but is_decoder is false; set it to true, or load the head BertForMaskedLM
            encoders/roberta-masked | add_cross_attention | true | add_cross_attention is true; a decoder that looks at an encoder is not in this version
            encoders/deberta-masked | position_buckets | 40 | position_buckets (40) must be less than twice max_relative_positions (12) minus 2
            encoders/deberta-masked | conv_kernel_size | 2 | conv_kernel_size (2) must be odd
            encoders/longformer-masked | attention_window | 5 | attention_window of block 0 is 5; expected an even number
            encoders/bigbird-masked | attention_type | "dense" | attention_type is 'dense'; expected block_sparse or original_full
            decoders/deepseek3-a | topk_group | 4 | expected groups of equal size
            decoders/gemma-a | use_bidirectional_attention | true | use_bidirectional_attention is true, which is not in this version; expected a model that looks back alone
            decoders/gemma3-a | use_bidirectional_attention | true | use_bidirectional_attention is true, which is not in this version; expected a model that looks back alone
            decoders/gptoss-a | num_experts_per_tok | 9 | num_experts_per_tok is 9; expected 1 to num_local_experts, which is 4
            statespace/mamba2 | num_heads | 3 | times expand (2.0) must be num_heads (3) times head_dim
            statespace/jamba | attn_layer_offset | 3 | attn_layer_offset is 3; expected 0 to attn_layer_period - 1, which is 2
            statespace/jamba | num_experts_per_tok | 4 | num_experts_per_tok is 4; expected 1 to num_experts, which is 3
            statespace/jamba | num_key_value_heads | 3 | num_attention_heads (4) must divide hidden_size (16) and be a multiple of num_key_value_heads (3)
            encoder_decoders/m2m100 | d_model | 9 | d_model (9) must be even and a multiple of the numbers of heads (3 and 2)
            encoder_decoders/switch | expert_capacity | 0 | expert_capacity (0): expected at least 1
            vision/qwen2vl | vision_config | {"embed_dim": 16, "num_heads": 3} | embed_dim (16) must be a multiple of four times num_heads (3)
            vision/qwen2vl | text_config | {"vocab_size": 9, "hidden_size": 8, "num_attention_heads": 1, "num_key_value_heads": 1, "intermediate_size": 9, "num_hidden_layers": 1, "rope_parameters": {"mrope_section": [5, 2, 1]}} | [rotary] sections [5, 2, 1] have 8 pairs together; a head of width 8 has 4
            vision/qwen25vl | vision_config | {"hidden_size": 16, "num_heads": 2, "window_size": 20} | window_size (20) must hold a square of 2 × 2 patches of 14
            vision/llava | vision_feature_layer | 9 | vision_feature_layer is 9; the vision model has 3 blocks
            recurrent/gru-bahdanau | attention_type | "dot" | set bidirectional to false, or take general
            recurrent/gru-bahdanau | cell_type | "rnn" | cell_type is 'rnn'
            """)
    void configsThatContradictThemselves(String folder, String key, String value, String message) {
        JsonNode config = config(folder, key, value);
        assertThatThrownBy(() -> Pretrained.create(config, "config.json", 1).close())
                .hasMessageContaining(message);
    }

    private static void trace(String folder, Map<String, Tensor> values, String message) {
        try (var model = Pretrained.load(GOLDENS.resolve(folder).toString(), Loading.RUN)) {
            assertThatThrownBy(() -> model.model().forward(new Inputs(new LinkedHashMap<>(values), null)))
                    .hasMessageContaining(message);
        }
    }

    private static Tensor ids(int B, int... ids) {
        return Tensor.of(Shape.of("batch", B, "seq", ids.length / B), ids);
    }

    @Test
    void inputsThatDoNotFit() {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                trace(
                        "encoders/longformer-answers",
                        Map.of("input_ids", ids(1, 5, 2, 6)),
                        "[longformer] row 0 of input_ids has 1 separators (id 2); expected three, or global_attention_mask");
                Tensor image = Tensor.of(Shape.of("b", 1, "c", 3, "h", 6, "w", 6), new float[108]);
                trace(
                        "vision/llava",
                        Map.of("input_ids", ids(1, 5, 40, 6), "pixel_values", image),
                        "[llava] the prompts have 1 image tokens (id 40), the images 4 patches");
                Tensor patches = Tensor.of(Shape.of("patches", 8, "in", 24), new float[192]);
                Tensor grid = Tensor.of(Shape.of("pictures", 1, "axes", 3), 1, 2, 4);
                trace(
                        "vision/qwen2vl",
                        Map.of("input_ids", ids(1, 5, 40, 6), "pixel_values", patches, "image_grid_thw", grid),
                        "[qwen2_vl] the prompts have 1 image tokens (id 40), the images 2 patches");
                trace(
                        "vision/qwen2vl",
                        Map.of("input_ids", ids(1, 40, 6, 40), "pixel_values", patches, "image_grid_thw", grid),
                        "[positions] image 0 takes 2 tokens, row 0 has 1 of them in succession");
                trace(
                        "vision/qwen2vl",
                        Map.of("input_ids", ids(1, 40, 40), "pixel_values", patches),
                        "[trace] this model needs the input 'image_grid_thw'");
                Tensor odd = Tensor.of(Shape.of("pictures", 1, "axes", 3), 1, 1, 8);
                trace(
                        "vision/qwen2vl",
                        Map.of("input_ids", ids(1, 40, 40), "pixel_values", patches, "image_grid_thw", odd),
                        "[patches] grid 0 is 1 frames of 1 × 8 patches; expected sides that are multiples of 2");
                Tensor more = Tensor.of(Shape.of("pictures", 1, "axes", 3), 1, 4, 4);
                trace(
                        "vision/qwen2vl",
                        Map.of("input_ids", ids(1, 40, 40), "pixel_values", patches, "image_grid_thw", more),
                        "[patches] the grids have 16 patches together, the pixels 8 rows");
                return null;
            });
        }
    }

    /// Without an id of padding nobody can tell where texts of a batch end.
    @Test
    void classesOfTextsNeedAnIdOfPadding() {
        JsonNode config = config("encoders/llama-sequence", "pad_token_id", "null");
        try (var workspace = new Workspace();
                var model = Pretrained.create(config, "config.json", 1)) {
            workspace.run(() -> {
                var two = new Inputs(Map.of("input_ids", ids(2, 5, 6, 7, 8)), null);
                assertThatThrownBy(() -> model.model().forward(two))
                        .hasMessageContaining(
                                "batch=2, and config.json has no pad_token_id to tell each text's last token by");
                return null;
            });
        }
    }
}
