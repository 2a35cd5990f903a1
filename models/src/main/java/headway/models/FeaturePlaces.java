package headway.models;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.EmbeddingOp;
import java.util.Arrays;
import java.util.List;

/// Puts what was seen into a prompt: each token of one id gives its place to the next vector of features.
///
/// @param family whose prompts they are, for errors
/// @param what they show, for errors
/// @param token id of the tokens that give way
record FeaturePlaces(String family, String what, int token) {
    /// `ids` of the first `width` columns, -1 for those that were written behind a prompt: they stand for nothing that
    /// is
    /// seen, whatever their ids.
    static Tensor marks(Tensor ids, int width) {
        int T = ids.shape().size(1);
        int[] marks = ids.toInts();
        for (int i = 0; i < marks.length; i++) {
            marks[i] = i % T < width ? marks[i] : -1;
        }
        return Tensor.of(ids.shape(), marks);
    }

    /// `words` with `features` in their places. A prompt may stand in several rows in succession, as many for all.
    ///
    /// - ids `(batch, seq)`, words `(batch, seq, hidden)`, features `(patches, hidden)` → the shape of words
    Tensor fill(Tensor ids, Tensor words, Tensor features) {
        int B = ids.shape().size(0);
        int T = ids.shape().size(1);
        int F = features.shape().size(0);
        int[] all = ids.toInts();
        int tokens = (int) Arrays.stream(all).filter(id -> id == token).count();
        if (tokens == 0 || tokens % F != 0 || B % (tokens / F) != 0) {
            throw new ShapeException(
                    "[%s] the prompts have %d %s tokens (id %d), the %ss %d patches; expected as many, each patch once"
                            .formatted(family, tokens, what, token, what, F));
        }
        int times = tokens / F;
        int D = words.shape().last().size();
        Tensor rows = new ConcatOp(
                        List.of(
                                words.view(Shape.of("row", B * T, "hidden", D)),
                                features.view(Shape.of("row", F, "hidden", D))),
                        "row")
                .run();
        Tensor which = Tensor.allocate(ids.shape(), DType.I32);
        int first = 0;
        for (int b = 0; b < B; b++) {
            int next = first;
            for (int t = 0; t < T; t++) {
                int at = b * T + t;
                which.memory().set(at, all[at] == token ? B * T + next++ : at);
            }
            first = (b + 1) % times == 0 ? next : first;
        }
        return new EmbeddingOp(rows, which, -1).run();
    }
}
