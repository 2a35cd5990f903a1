package headway.models;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import headway.nn.Dropout;
import headway.nn.Pass;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dropout reaches every family: the same draws give the same values, other draws others, none the plain ones.
class DropoutTest {
    private static final String LLAMA = """
            {"model_type": "llama", "vocab_size": 31, "hidden_size": 24, "intermediate_size": 40,
             "num_hidden_layers": 2, "num_attention_heads": 2, "max_position_embeddings": 16, "rms_norm_eps": 1e-5}
            """;
    private static final String GPT2 = """
            {"model_type": "gpt2", "vocab_size": 31, "n_embd": 24, "n_layer": 2, "n_head": 2, "n_positions": 16}
            """;

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, GPT2})
    void drawsDecide(String config) {
        try (var model = Pretrained.create(Json.parse(config, "test"), "test", 1);
                var workspace = new Workspace()) {
            float[] plain = logits(model, workspace, null);
            assertThat(logits(model, workspace, new Dropout(0, 5))).isEqualTo(plain);
            float[] dropped = logits(model, workspace, new Dropout(0.3, 5));
            assertThat(dropped).isNotEqualTo(plain);
            assertThat(logits(model, workspace, new Dropout(0.3, 5))).isEqualTo(dropped);
            assertThat(logits(model, workspace, new Dropout(0.3, 6))).isNotEqualTo(dropped);
        }
    }

    private static float[] logits(Pretrained model, Workspace workspace, Dropout dropout) {
        return workspace.run(() -> {
            Tensor ids = Tensor.of(Shape.of("batch", 1, "seq", 5), 3, 1, 4, 1, 5);
            Pass pass = Pass.from(1, 5, 0, null).training(dropout);
            return model.decoder().forward(ids, pass).toFloats();
        });
    }
}
