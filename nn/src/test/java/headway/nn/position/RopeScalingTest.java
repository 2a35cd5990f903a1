package headway.nn.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.Json;
import headway.kernels.DType;
import headway.kernels.rotary.RotaryLayout;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Rotary frequencies against those of Hugging Face's own functions.
class RopeScalingTest {
    record GoldenCase(String name, JsonNode json) {
        @Override
        public String toString() {
            return name;
        }

        double parameter(String key, double otherwise) {
            JsonNode found = json.path("ropeParameters").path(key);
            return found.isNumber() ? found.asDouble() : otherwise;
        }

        List<Double> list(String key) {
            return json.path("ropeParameters")
                    .path(key)
                    .valueStream()
                    .map(JsonNode::asDouble)
                    .toList();
        }
    }

    static Stream<GoldenCase> cases() {
        return Json.read(Path.of("..", "testkit", "goldens", "rope", "inverse-frequencies.json"))
                .valueStream()
                .map(c -> new GoldenCase(c.path("name").asString(), c));
    }

    @Test
    void thereAreTwentyCases() {
        assertThat(cases()).hasSize(20);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsTheReference(GoldenCase one) {
        RopeScaling scaling = scaling(one);
        int rotaryDim = (int) (one.json.path("headDim").asInt() * one.parameter("partial_rotary_factor", 1));
        float[] found = scaling.inverseFrequencies(
                one.parameter("rope_theta", 0),
                rotaryDim,
                one.json.path("seqLen").asInt(0));
        double[] expected = one.json
                .path("inverseFrequencies")
                .valueStream()
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            // A few roundings of float: the reference blends in single precision.
            assertThat((double) found[i])
                    .as("frequency %d", i)
                    .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(4e-7 * expected[i]));
        }
        assertThat(scaling.attentionFactor())
                .isCloseTo(one.json.path("attentionFactor").asDouble(), org.assertj.core.data.Offset.offset(1e-9));
    }

    private static RopeScaling scaling(GoldenCase one) {
        int max = one.json.path("maxPositionEmbeddings").asInt();
        double factor = one.parameter("factor", 1);
        int original = (int) one.parameter("original_max_position_embeddings", max);
        String type = one.json.path("ropeParameters").path("rope_type").asString();
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(factor);
            case "dynamic" -> new RopeScaling.Dynamic(factor, max);
            case "llama3" ->
                new RopeScaling.Llama3(
                        factor, one.parameter("low_freq_factor", 0), one.parameter("high_freq_factor", 0), original);
            case "yarn" ->
                new RopeScaling.Yarn(
                        factor,
                        one.parameter("beta_fast", 32),
                        one.parameter("beta_slow", 1),
                        yarnAttention(one, factor),
                        original,
                        one.json.path("ropeParameters").path("truncate").asBoolean(true));
            case "longrope" ->
                new RopeScaling.LongRope(
                        one.list("short_factor"),
                        one.list("long_factor"),
                        one.parameter(
                                "attention_factor",
                                RopeScaling.LongRope.attentionFactor((double) max / original, original)),
                        original);
            default -> throw new IllegalStateException("[test] rope type " + type);
        };
    }

    /// Section 3.4 of the YaRN paper, as the reference reads a configuration.
    private static double yarnAttention(GoldenCase one, double factor) {
        double all = one.parameter("mscale_all_dim", 0);
        double computed = all == 0
                ? 0.1 * Math.log(factor) + 1
                : (0.1 * one.parameter("mscale", 0) * Math.log(factor) + 1) / (0.1 * all * Math.log(factor) + 1);
        return one.parameter("attention_factor", computed);
    }

    @Test
    void longRopeTurnsByLongFactorsBeyondTheOriginalLength() {
        var scaling = new RopeScaling.LongRope(List.of(1.0, 2.0), List.of(1.0, 8.0), 1.5, 4);
        var rotary = new RotaryPosition(100, 4, scaling, RotaryLayout.HALF_SPLIT);
        assertThat(rotary.dependsOnLength()).isTrue();
        assertThat(turned(rotary, 3)).isEqualTo(1.5 * Math.cos(3 * 0.1 / 2), org.assertj.core.data.Offset.offset(1e-6));
        assertThat(turned(rotary, 4)).isEqualTo(1.5 * Math.cos(4 * 0.1 / 8), org.assertj.core.data.Offset.offset(1e-6));
        assertThat(turned(rotary, 3)).isEqualTo(1.5 * Math.cos(3 * 0.1 / 2), org.assertj.core.data.Offset.offset(1e-6));
    }

    /// What becomes of (0, 1, 0, 0) at one position: its own part.
    private static double turned(RotaryPosition rotary, int position) {
        try (var workspace = new Workspace()) {
            return workspace.run(() -> {
                Tensor x = Tensor.of(Shape.of("batch", 1, "seq", 1, "heads", 1, "head_dim", 4), 0f, 1, 0, 0);
                Tensor positions = Tensor.of(Shape.of("batch", 1, "seq", 1), position);
                assertThat(x.dtype()).isEqualTo(DType.F32);
                return rotary.forward(x, positions).toDoubles()[1];
            });
        }
    }

    @Test
    void longRopeSaysWhatDoesNotFit() {
        assertThatThrownBy(() -> new RopeScaling.LongRope(List.of(1.0), List.of(1.0, 2.0), 1, 4))
                .hasMessage("[rope] longrope has 1 short and 2 long factors; expected as many");
        var scaling = new RopeScaling.LongRope(List.of(1.0), List.of(1.0), 1, 4);
        assertThatThrownBy(() -> scaling.inverseFrequencies(100, 4))
                .hasMessage("[rope] longrope has 1 factors; expected rotaryDim/2 = 2");
    }

    @Test
    void anOddWidthTurnsOneElementMoreByItsOwnFrequencies() {
        var rotary = new RotaryPosition(100, 3, new RopeScaling.None(), RotaryLayout.HALF_SPLIT);
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                Tensor x = Tensor.of(Shape.of("batch", 1, "seq", 1, "heads", 1, "head_dim", 5), 1f, 2, 3, 4, 5);
                Tensor positions = Tensor.of(Shape.of("batch", 1, "seq", 1), 2);
                double a = 2;
                double b = 2 * Math.pow(100, -2.0 / 3);
                double[] expected = {
                    Math.cos(a) - 3 * Math.sin(a),
                    2 * Math.cos(b) - 4 * Math.sin(b),
                    3 * Math.cos(a) + Math.sin(a),
                    4 * Math.cos(b) + 2 * Math.sin(b),
                    5
                };
                float[] turned = rotary.forward(x, positions).toFloats();
                for (int i = 0; i < 5; i++) {
                    assertThat((double) turned[i]).isCloseTo(expected[i], Offset.offset(1e-6));
                }
                return x;
            });
        }
    }
}
