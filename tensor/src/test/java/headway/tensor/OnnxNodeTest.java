package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.kernels.rotary.RotaryLayout;
import headway.kernels.softmax.CrossEntropyKernel;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.CrossEntropyOp;
import headway.tensor.op.LayerNormOp;
import headway.tensor.op.LogSoftmaxOp;
import headway.tensor.op.RmsNormOp;
import headway.tensor.op.RotaryOp;
import headway.tensor.op.SoftmaxOp;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The ONNX node tests of the operators that exist here; the others are listed in `NOT-COVERED.md`, which
/// `-Dheadway.goldens.write=true` writes again.
class OnnxNodeTest {
    private static final Map<String, String> NO_OPERATOR = Map.of(
            "Adam", "steps from 0, decay inside of the gradient and eps before the correction: not AdamW",
            "GroupNormalization", "no such kernel",
            "LinearAttention", "no such kernel yet",
            "NegativeLogLikelihoodLoss", "takes log-probabilities: cross entropy here takes logits");

    /// Why a case is not run, or null.
    private static String reason(OnnxCase one) {
        String none = NO_OPERATOR.get(one.op());
        if (none != null) {
            return none;
        }
        return switch (one.op()) {
            case "SoftmaxCrossEntropyLoss" -> one.hasInput(2) ? "weights by class" : null;
            case "Attention" -> new OnnxAttention(one).reason();
            default -> null;
        };
    }

    @TestFactory
    Stream<DynamicContainer> cases() {
        List<OnnxCase> all = OnnxCase.all();
        List<OnnxCase> covered = all.stream().filter(c -> reason(c) == null).toList();
        return Stream.of(DynamicContainer.dynamicContainer(
                "%d of %d ONNX node tests".formatted(covered.size(), all.size()),
                covered.stream().map(c -> DynamicTest.dynamicTest(c.op() + ": " + c, () -> check(c)))));
    }

    @Test
    void listOfWhatIsNotCoveredIsUpToDate() throws IOException {
        var text = new StringBuilder("# ONNX node tests that Headway does not run\n\n"
                + "Written by `OnnxNodeTest`, which fails where it differs; `-Dtest.args=-Dheadway.goldens.write=true`"
                + " writes it again.\n");
        List<OnnxCase> all = OnnxCase.all();
        long left = all.stream().filter(c -> reason(c) != null).count();
        text.append("%d of %d cases run.%n%n| operator | case | why not |%n|---|---|---|%n"
                .formatted(all.size() - left, all.size()));
        for (OnnxCase c : all) {
            String reason = reason(c);
            if (reason != null) {
                text.append("| %s | %s | %s |%n".formatted(c.op(), c.name(), reason));
            }
        }
        var file = OnnxCase.FOLDER.resolve("NOT-COVERED.md");
        if (Boolean.getBoolean("headway.goldens.write")) {
            Files.writeString(file, text);
        }
        assertThat(file).hasContent(text.toString());
    }

    private static void check(OnnxCase one) {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                switch (one.op()) {
                    case "Attention" -> attention(one);
                    case "RotaryEmbedding" -> rotary(one);
                    case "LayerNormalization", "RMSNormalization" -> norm(one);
                    case "Softmax", "LogSoftmax" -> softmax(one);
                    case "SoftmaxCrossEntropyLoss" -> crossEntropy(one);
                    default -> activation(one);
                }
                return null;
            });
        }
    }

    private static void compare(OnnxCase one, String what, double[] actual, double[] expected) {
        // Half precision: two units in the last place; the reference computes in it, this engine in F32.
        double rtol = one.has("bfloat16") ? 2.0 / 256 : one.has("float16") ? 2.0 / 1024 : one.rtol();
        double atol = one.has("bfloat16") || one.has("float16") ? rtol : one.atol();
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= atol + rtol * Math.abs(expected[i]))) {
                fail("%s of %s, element %d: %s; expected %s".formatted(what, one, i, actual[i], expected[i]));
            }
        }
    }

    private static void attention(OnnxCase one) {
        var attention = new OnnxAttention(one);
        compare(one, "flash attention", attention.run(false)[0], attention.expected());
        double[][] naive = attention.run(true);
        compare(one, "naive attention", naive[0], attention.expected());
        if (one.hasOutput(3) && one.attribute("qk_matmul_output_mode", 0) == 3) {
            compare(one, "weights", naive[1], one.output(3).values());
        }
    }

    private static void rotary(OnnxCase one) {
        Golden x = one.input(0);
        boolean flat = x.rank() == 3;
        int H = flat ? one.attribute("num_heads", 0) : x.size(1);
        Golden rows = flat ? x.reshape(x.size(0), x.size(1), H, x.size(2) / H) : x.permute(0, 2, 1, 3);
        int B = rows.size(0);
        int T = rows.size(1);
        int dim = one.attribute("rotary_embedding_dim", 0);
        Tensor positions = Tensor.allocate(Shape.of("batch", B, "seq", T), DType.I32);
        for (int i = 0; i < B * T; i++) {
            positions.memory().set(i, one.hasInput(3) ? one.input(3).values()[i] : i);
        }
        Tensor y = new RotaryOp(
                        rows.tensor(DType.F32, "batch", "seq", "heads", "head_dim"),
                        one.input(1).tensor(DType.F32, "positions", "pair"),
                        one.input(2).tensor(DType.F32, "positions", "pair"),
                        positions,
                        one.attribute("interleaved", 0) == 1 ? RotaryLayout.INTERLEAVED : RotaryLayout.HALF_SPLIT,
                        dim == 0 ? rows.size(3) : dim)
                .run();
        Golden expected = flat ? one.output(0) : one.output(0).permute(0, 2, 1, 3);
        compare(one, "rotary", y.toDoubles(), expected.values());
    }

    private static void norm(OnnxCase one) {
        Golden x = one.input(0);
        int axis = one.attribute("axis", -1);
        int columns = 1;
        for (int i = axis < 0 ? axis + x.rank() : axis; i < x.rank(); i++) {
            columns *= x.size(i);
        }
        Tensor rows = x.reshape(x.values().length / columns, columns).tensor(DType.F32, "r", "c");
        Tensor weight = one.input(1).reshape(columns).tensor(DType.F32, "c");
        double eps = one.attribute("epsilon", 1e-5);
        Tensor y = one.op().startsWith("RMS")
                ? new RmsNormOp(rows, weight, 0, eps).run()
                : new LayerNormOp(
                                rows,
                                weight,
                                one.hasInput(2) ? one.input(2).reshape(columns).tensor(DType.F32, "c") : null,
                                eps)
                        .run();
        compare(one, "norm", y.toDoubles(), one.output(0).values());
    }

    private static void softmax(OnnxCase one) {
        int axis = one.attribute("axis", -1);
        Tensor x = one.input(0).last(axis).tensor(DType.F32, "r", "c");
        Tensor y = one.op().equals("Softmax") ? new SoftmaxOp(x).run() : new LogSoftmaxOp(x).run();
        compare(one, "softmax", y.toDoubles(), one.output(0).last(axis).values());
    }

    private static void crossEntropy(OnnxCase one) {
        Tensor logits = one.input(0).last(1).tensor(DType.F32, "r", "v");
        int R = logits.dim("r");
        Tensor labels = one.input(1).reshape(R).tensor(DType.I32, "r");
        int ignore = one.attribute("ignore_index", -1);
        long labelled = Arrays.stream(labels.toInts()).filter(l -> l != ignore).count();
        String reduction = one.attributes().path("reduction").asString("mean");
        if (reduction.equals("none")) {
            Tensor losses = Tensor.allocate(Shape.of("r", R), DType.F32);
            Tensor lse = Tensor.allocate(Shape.of("r", R), DType.F32);
            CrossEntropyKernel.forward(
                    losses.memory(), lse.memory(), logits.memory(), labels.memory(), ignore, logits.dim("v"), 0, R);
            compare(one, "losses", losses.toDoubles(), one.output(0).values());
        } else {
            double s = reduction.equals("mean") ? 1.0 / labelled : 1;
            Tensor y = CrossEntropyOp.of(logits, labels, ignore, s).run();
            compare(one, "loss", y.toDoubles(), one.output(0).values());
        }
        if (one.hasOutput(1)) {
            Tensor y = new LogSoftmaxOp(logits).run();
            compare(
                    one,
                    "log-probabilities",
                    y.toDoubles(),
                    one.output(1).last(1).values());
        }
    }

    private static void activation(OnnxCase one) {
        Activation f = switch (one.op()) {
            case "Gelu" ->
                one.attributes().path("approximate").asString("none").equals("tanh")
                        ? Activation.GELU_TANH
                        : Activation.GELU;
            case "Relu" -> Activation.RELU;
            case "Sigmoid" -> Activation.SIGMOID;
            case "Tanh" -> Activation.TANH;
            case "Swish" -> Activation.SILU;
            default ->
                throw new IllegalStateException(
                        "[onnx] no operation for %s; add it, or a reason to NO_OPERATOR".formatted(one.op()));
        };
        assertThat(one.attribute("alpha", 1.0)).isEqualTo(1);
        Tensor y = new ActivationOp(one.input(0).tensor(DType.F32, "i"), f).run();
        compare(one, "activation", y.toDoubles(), one.output(0).values());
    }
}
