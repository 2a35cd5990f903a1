package headway.models;

import headway.kernels.DType;
import headway.nn.Pass;
import headway.nn.cache.SessionCache;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ConcatOp;
import java.lang.foreign.Arena;
import java.util.List;

/// The language model with pictures before its eyes: one batch of prompts, read whole, and what follows them.
final class Qwen2VlWriter implements Decoder {
    private final Qwen2Vl model;
    private final Qwen2Vl.Sight sight;
    private int width;

    /// Of the prompts; null where the pass holds a token each that was written.
    private int[] kinds;

    /// Coordinates of each prompt's last token, and where its text counts it.
    private Tensor last;

    private int[] counted;

    Qwen2VlWriter(Qwen2Vl model, Qwen2Vl.Sight sight) {
        this.model = model;
        this.sight = sight;
    }

    @Override
    public Tensor embed(Tensor ids) {
        // Tokens that are written stand for no patches, whatever their ids.
        int T = ids.shape().size(1);
        if (T == 1) {
            kinds = null;
            return model.text().embed(ids);
        }
        width = width == 0 ? T : width;
        Tensor marks = FeaturePlaces.marks(ids, width);
        kinds = model.kinds(marks.toInts());
        return sight.placed(model, ids, marks);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Tensor positions = kinds == null ? behind(pass.positions()) : whole(pass);
        return model.text().hidden(embeddings, new Pass(positions, pass.padding(), pass.cache(), pass.dropout()));
    }

    /// Positions of prompts, and of what was written behind them.
    private Tensor whole(Pass pass) {
        int B = pass.positions().shape().size(0);
        int T = pass.positions().shape().size(1);
        Tensor padding = pass.padding() == null
                ? null
                : pass.padding().narrow("kv_seq", 0, width).copy();
        int[] prompts = new int[B * width];
        for (int i = 0; i < prompts.length; i++) {
            prompts[i] = kinds[i / width * T + i % width];
        }
        Tensor known = sight.positions(model, prompts, B, width, padding);
        counted = new int[B];
        last = Tensor.owned(Arena.ofAuto(), Shape.of("batch", B, "axes", 3), DType.I32);
        for (int b = 0; b < B; b++) {
            counted[b] = (int) pass.positions().memory().get((long) b * T + width - 1);
            for (int axis = 0; axis < 3; axis++) {
                last.memory().set(3L * b + axis, known.memory().get(3L * (b * width + width - 1) + axis));
            }
        }
        if (T == width) {
            return known;
        }
        Tensor written = pass.positions().narrow("seq", width, T - width).copy();
        return new ConcatOp(List.of(known, behind(written)), "seq").run();
    }

    /// Positions of tokens that were written: on from the prompt's last one.
    private Tensor behind(Tensor places) {
        int B = places.shape().size(0);
        int T = places.shape().size(1);
        Tensor positions = Tensor.allocate(Shape.of("batch", B, "seq", T, "axes", 3), DType.I32);
        for (int i = 0; i < B * T; i++) {
            // Copies of a prompt stand behind each other.
            int b = i / T / (B / counted.length);
            for (int axis = 0; axis < 3; axis++) {
                double place =
                        last.memory().get(3L * b + axis) + places.memory().get(i) - counted[b];
                positions.memory().set(3L * i + axis, place);
            }
        }
        return positions;
    }

    @Override
    public Tensor logits(Tensor hidden) {
        return model.text().logits(hidden);
    }

    @Override
    public SessionCache newCache(int tokens) {
        return model.text().newCache(tokens);
    }

    @Override
    public Sizes sizes() {
        return model.text().sizes();
    }

    @Override
    public int positionLimit() {
        return model.text().positionLimit();
    }

    @Override
    public boolean readsPromptsWhole() {
        return true;
    }
}
