package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import headway.io.Json;
import headway.io.SafetensorsFile;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import headway.kernels.attention.Visibility;
import headway.kernels.optimizer.AdamWKernel;
import headway.kernels.optimizer.AdamWStep;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.CrossEntropyOp;
import headway.tensor.op.LayerNormOp;
import headway.tensor.op.LogSoftmaxOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.RmsNormOp;
import headway.tensor.op.SoftmaxOp;
import headway.tensor.op.SumOp;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Values and gradients of single operations against PyTorch's, in double and single precision.
class OpsGoldenTest {
    private static final SafetensorsFile FILE = SafetensorsFile.open(Golden.FOLDER.resolve("ops/ops.safetensors"));
    private static final Map<String, Activation> ACTIVATIONS = Map.of(
            "gelu", Activation.GELU,
            "gelu-tanh", Activation.GELU_TANH,
            "gelu-sigmoid", Activation.GELU_SIGMOID,
            "silu", Activation.SILU,
            "relu", Activation.RELU,
            "sigmoid", Activation.SIGMOID,
            "tanh", Activation.TANH);
    /// What no operation here expresses.
    private static final Map<String, String> NOT_COVERED =
            Map.of("cross-entropy-smoothed", "there is no label smoothing yet");

    record GoldenCase(String name, String op, JsonNode json) {
        @Override
        public String toString() {
            return name;
        }

        List<String> inputs() {
            return json.path("inputs").valueStream().map(JsonNode::asString).toList();
        }

        double attribute(String attribute, double otherwise) {
            JsonNode found = json.path("attributes").path(attribute);
            return found.isMissingNode() ? otherwise : found.asDouble();
        }
    }

    private static Stream<GoldenCase> all() {
        return Json.read(Golden.FOLDER.resolve("ops/ops.json"))
                .valueStream()
                .map(c -> new GoldenCase(c.path("name").asString(), c.path("op").asString(), c));
    }

    static Stream<GoldenCase> cases() {
        return all().filter(c -> !c.op.equals("adamw") && !NOT_COVERED.containsKey(c.name));
    }

    @AfterAll
    static void close() {
        FILE.close();
    }

    @Test
    void whatIsLeftOutExists() {
        assertThat(all().map(GoldenCase::name)).containsAll(NOT_COVERED.keySet());
        assertThat(new TreeSet<>(cases().map(GoldenCase::op).toList())).hasSize(ACTIVATIONS.size() + 6);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doublePrecision(GoldenCase one) {
        check(one, DType.F64, "f64", 1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void singlePrecision(GoldenCase one) {
        check(one, DType.F32, "f32", 4e-6);
    }

    private static void check(GoldenCase one, DType dtype, String tag, double tolerance) {
        // A row of 1000 plus noise: what is left of the noise has lost three digits in single precision.
        double allowed = one.name.equals("layer-norm-offset") && dtype == DType.F32 ? 1e-3 : tolerance;
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                var leaves = new HashMap<String, Tensor>();
                for (String name : one.inputs()) {
                    leaves.put(name, leaf(one, name, dtype).requireGradient(true));
                }
                var tape = new Tape();
                Tensor[] value = new Tensor[1];
                Tensor loss = tape.record(() -> {
                    value[0] = apply(one, leaves, dtype);
                    int count = (int) value[0].count();
                    Tensor upstream = arranged(one, "gradOut").reshape(count).tensor(dtype, "i");
                    Tensor flat = value[0].view(Shape.of("i", count));
                    return new SumOp(new MultiplyOp(flat, upstream).run(), 1).run();
                });
                compare(one + " value", value[0].toDoubles(), arranged(one, tag + ".out"), allowed);
                tape.backward(loss, 1);
                for (String name : one.inputs()) {
                    double[] found = leaves.get(name).gradient().toDoubles();
                    compare(one + " gradient of " + name, found, arranged(one, tag + ".grad." + name), allowed);
                }
                return null;
            });
        }
    }

    private static void compare(String what, double[] actual, Golden expected, double tolerance) {
        assertThat(actual).as(what).hasSameSizeAs(expected.values());
        double allowed = tolerance * expected.largest(1);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected.values()[i]) <= allowed)) {
                fail("%s, element %d: %s; expected %s ± %s"
                        .formatted(what, i, actual[i], expected.values()[i], allowed));
            }
        }
    }

    /// Attention lies as (batch, heads, seq, head_dim) in the file and as (batch, seq, heads, head_dim) here.
    private static Golden arranged(GoldenCase one, String slot) {
        Golden stored = Golden.of(FILE, one.name + "." + slot);
        return one.op.equals("attention") ? stored.permute(0, 2, 1, 3) : stored;
    }

    private static Tensor leaf(GoldenCase one, String name, DType dtype) {
        Golden stored = arranged(one, "in." + name);
        if (one.op.equals("attention")) {
            return name.equals("q")
                    ? stored.tensor(dtype, "batch", "seq", "heads", "head_dim")
                    : stored.tensor(dtype, "batch", "kv_seq", "kv_heads", "head_dim");
        }
        return stored.rank() == 1 ? stored.tensor(dtype, "c") : stored.tensor(dtype, "r", "c");
    }

    private static Tensor apply(GoldenCase one, Map<String, Tensor> x, DType dtype) {
        return switch (one.op) {
            case "softmax" -> new SoftmaxOp(x.get("x")).run();
            case "log-softmax" -> new LogSoftmaxOp(x.get("x")).run();
            case "layer-norm" ->
                new LayerNormOp(x.get("x"), x.get("weight"), x.get("bias"), one.attribute("eps", 0)).run();
            case "rms-norm" -> new RmsNormOp(x.get("x"), x.get("weight"), 0, one.attribute("eps", 0)).run();
            case "cross-entropy" -> crossEntropy(one, x.get("x"));
            case "attention" -> attention(one, x);
            default -> new ActivationOp(x.get("x"), ACTIVATIONS.get(one.op)).run();
        };
    }

    private static Tensor crossEntropy(GoldenCase one, Tensor logits) {
        Tensor labels = Golden.of(FILE, one.name + ".in.labels").tensor(DType.I32, "r");
        int ignore = (int) one.attribute("ignoreIndex", -100);
        int labelled =
                (int) Arrays.stream(labels.toInts()).filter(l -> l != ignore).count();
        return switch (one.json.path("attributes").path("reduction").asString()) {
            case "mean" ->
                CrossEntropyOp.of(logits, labels, ignore, 1.0 / labelled).run();
            case "sum" -> CrossEntropyOp.of(logits, labels, ignore, 1).run();
            default -> rowByRow(logits, labels, ignore);
        };
    }

    /// The losses of the rows, from the operation that sums them: one row at a time, each in a vector with zeros.
    private static Tensor rowByRow(Tensor logits, Tensor labels, int ignore) {
        Tensor all = null;
        int R = labels.dim("r");
        for (int r = 0; r < R; r++) {
            Tensor row = CrossEntropyOp.of(logits.narrow("r", r, 1), labels.narrow("r", r, 1), ignore, 1)
                    .run();
            Tensor place = Tensor.zerosLike(Tensor.allocate(Shape.of("r", R), row.dtype()));
            place.memory().set(r, 1);
            Tensor placed = new MatMulOp(
                            row.view(Shape.of("one", 1, "k", 1)), place.view(Shape.of("k", 1, "r", R)), false)
                    .run();
            all = all == null ? placed : new AddOp(all, placed).run();
        }
        return all.view(Shape.of("r", R));
    }

    private static Tensor attention(GoldenCase one, Map<String, Tensor> x) {
        int T = x.get("q").dim("seq");
        int S = x.get("k").dim("kv_seq");
        int B = x.get("q").dim("batch");
        boolean causal = one.json.path("attributes").has("causal");
        Golden mask = Golden.of(FILE, one.name + ".in.mask");
        Span padding = null;
        if (one.name.endsWith("padding")) {
            // The last query sees every key that is not padding.
            int[] marks = new int[B * S];
            for (int b = 0; b < B; b++) {
                for (int j = 0; j < S; j++) {
                    marks[b * S + j] = (int) mask.values()[(b * T + T - 1) * S + j];
                }
            }
            padding = AttentionGradientCases.padding(marks);
        }
        var visible = new Visibility(causal, S - T, (int) one.attribute("window", 0), 0, padding);
        for (int i = 0; i < mask.values().length; i++) {
            assertThat(visible.sees(i / (T * S), i / S % T, i % S, S) ? 1.0 : 0.0)
                    .as("mask element %d", i)
                    .isEqualTo(mask.values()[i]);
        }
        double scale = 1 / Math.sqrt(x.get("q").dim("head_dim"));
        return AttentionOp.of(x.get("q"), x.get("k"), x.get("v"), scale, visible, false)
                .run();
    }

    @ParameterizedTest
    @EnumSource(names = {"F64", "F32"})
    void adamW(DType dtype) {
        String tag = dtype == DType.F64 ? "f64" : "f32";
        double tolerance = dtype == DType.F64 ? 1e-14 : 2e-7;
        all().filter(c -> c.op.equals("adamw")).forEach(one -> {
            try (var workspace = new Workspace()) {
                workspace.run(() -> {
                    Tensor w = Golden.of(FILE, one.name + ".in.start").tensor(dtype, "i");
                    Golden gradients = Golden.of(FILE, one.name + ".in.gradients");
                    Golden after = Golden.of(FILE, one.name + "." + tag + ".out");
                    Tensor m = Tensor.zerosLike(w);
                    Tensor v = Tensor.zerosLike(w);
                    JsonNode options = one.json.path("attributes");
                    int n = w.dim("i");
                    for (int step = 0; step < gradients.size(0); step++) {
                        double[] row = Arrays.copyOfRange(gradients.values(), step * n, (step + 1) * n);
                        Tensor g = new Golden(new int[] {n}, row).tensor(dtype, "i");
                        var numbers = new AdamWStep(
                                one.attribute("learningRate", 0),
                                options.path("betas").path(0).asDouble(),
                                options.path("betas").path(1).asDouble(),
                                one.attribute("eps", 0),
                                one.attribute("weightDecay", 0),
                                1,
                                step + 1);
                        AdamWKernel.step(w.memory(), g.memory(), m.memory(), v.memory(), numbers, 0, n);
                        double[] expected = Arrays.copyOfRange(after.values(), step * n, (step + 1) * n);
                        compare(one + " step " + step, w.toDoubles(), new Golden(new int[] {n}, expected), tolerance);
                    }
                    compare(one + " m", m.toDoubles(), Golden.of(FILE, one.name + "." + tag + ".m"), tolerance);
                    compare(one + " v", v.toDoubles(), Golden.of(FILE, one.name + "." + tag + ".v"), tolerance);
                    return null;
                });
            }
        });
    }
}
