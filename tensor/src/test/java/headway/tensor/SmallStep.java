package headway.tensor;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.kernels.attention.Visibility;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.CrossEntropyOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.LayerNormOp;
import headway.tensor.op.LinearOp;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A transformer block with embedding, head and loss, written with operations alone: something to step through.
final class SmallStep implements AutoCloseable {
    private static final int VOCAB = 61;
    private static final int HEADS = 4;

    private final Arena arena = Arena.ofShared();
    private final List<Tensor> parameters = new ArrayList<>();
    private final Random random = new Random(11);
    private final int batch;
    private final int seq;
    private final int[] ids;
    private final int[] labels;
    final Workspace workspace = new Workspace();

    private final Tensor table;
    private final Tensor normWeight;
    private final Tensor normBias;
    private final Tensor qkv;
    private final Tensor out;
    private final Tensor up;
    private final Tensor upBias;
    private final Tensor down;
    private final int hidden;

    SmallStep(int batch, int seq, int hidden) {
        this.batch = batch;
        this.seq = seq;
        this.hidden = hidden;
        table = parameter("vocab", VOCAB, "hidden", hidden);
        normWeight = parameter("hidden", hidden);
        normBias = parameter("hidden", hidden);
        qkv = parameter("out", 3 * hidden, "in", hidden);
        out = parameter("out", hidden, "in", hidden);
        up = parameter("out", 2 * hidden, "in", hidden);
        upBias = parameter("out", 2 * hidden);
        down = parameter("out", hidden, "in", 2 * hidden);
        ids = random.ints((long) batch * seq, 0, VOCAB).toArray();
        labels = random.ints((long) batch * seq, 0, VOCAB).toArray();
    }

    private Tensor parameter(Object... axes) {
        Tensor t = Tensor.owned(arena, Shape.of(axes), DType.F32);
        for (int i = 0; i < t.count(); i++) {
            t.memory().set(i, random.nextGaussian() * 0.1);
        }
        t.gradientMemory(Tensor.owned(arena, t.shape(), DType.F32));
        parameters.add(t.requireGradient(true));
        return t;
    }

    /// Forward and backward; gradients start from zero. Returns the loss.
    double run() {
        parameters.forEach(Tensor::clearGradient);
        return workspace.run(() -> {
            var tape = new Tape();
            Tensor loss = tape.record(this::loss);
            double value = loss.item();
            tape.backward(loss, 1);
            return value;
        });
    }

    private Tensor loss() {
        Shape tokens = Shape.of("batch", batch, "seq", seq);
        Tensor x = new EmbeddingOp(table, Tensor.of(tokens, ids), -1).run();
        Tensor parts = new LinearOp(norm(x), qkv, null, null, false).run();
        int dim = hidden / HEADS;
        Tensor q = parts.narrow("out", 0, hidden).split("heads", HEADS, "head_dim", dim);
        Tensor k = parts.narrow("out", hidden, hidden).split("kv_heads", HEADS, "head_dim", dim);
        Tensor v = parts.narrow("out", 2 * hidden, hidden).split("kv_heads", HEADS, "head_dim", dim);
        var causal = new Visibility(true, 0, 0, 0, null);
        Tensor o = AttentionOp.of(q, k, v, 1 / Math.sqrt(dim), causal, false).run();
        x = new LinearOp(o.merge("hidden"), out, null, x, false).run();
        Tensor inner = new ActivationOp(new LinearOp(norm(x), up, upBias, null, false).run(), Activation.GELU).run();
        x = new LinearOp(inner, down, null, x, false).run();
        Tensor logits = new LinearOp(norm(x), table, null, null, false).run();
        return CrossEntropyOp.of(logits, Tensor.of(tokens, labels), -100, 1.0 / labels.length)
                .run();
    }

    private Tensor norm(Tensor x) {
        return new LayerNormOp(x, normWeight, normBias, 1e-5).run();
    }

    /// All gradients, one after the other.
    float[] gradients() {
        int count = parameters.stream().mapToInt(t -> (int) t.count()).sum();
        float[] all = new float[count];
        int at = 0;
        for (Tensor t : parameters) {
            float[] one = t.gradient().toFloats();
            System.arraycopy(one, 0, all, at, one.length);
            at += one.length;
        }
        return all;
    }

    @Override
    public void close() {
        workspace.close();
        arena.close();
    }
}
