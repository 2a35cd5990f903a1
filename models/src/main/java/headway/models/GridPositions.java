package headway.models;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.Arrays;

/// Where the tokens of prompts stand: a text's tokens one after the other, those of a picture at their time, row and
/// column from where the picture begins; what follows goes on behind its longer side.
/// [Wang et al. 2024](https://arxiv.org/abs/2409.12191), section 2.1.
final class GridPositions {
    private GridPositions() {}

    /// One kind of what is seen.
    ///
    /// @param grids `(frames, rows, columns)` of patches for each picture or video, one after the other
    /// @param steps what a frame of each adds to time
    record Seen(String what, int[] grids, float[] steps) {
        int count() {
            return grids.length / 3;
        }

        /// Tokens that picture `i` takes, where `merge × merge` patches are one.
        int tokens(int i, int merge) {
            return grids[3 * i] * (grids[3 * i + 1] / merge) * (grids[3 * i + 2] / merge);
        }

        int tokens(int merge) {
            int sum = 0;
            for (int i = 0; i < count(); i++) {
                sum += tokens(i, merge);
            }
            return sum;
        }
    }

    /// `I32` `(batch, seq, 3)`: time, row and column; 0 for padding.
    ///
    /// @param kinds of each token: 0 for text, `k` for what `seen[k - 1]` holds
    /// @param padding `U8` `(batch, seq)`, 0 for padding; or null
    /// @param merge patches of a token in either direction
    static Tensor of(int[] kinds, int B, int T, Tensor padding, int merge, Seen... seen) {
        var positions = Tensor.allocate(Shape.of("batch", B, "seq", T, "axes", 3), DType.I32);
        positions.memory().segment().fill((byte) 0);
        int[] next = new int[seen.length];
        int[] first = new int[seen.length];
        for (int b = 0; b < B; b++) {
            int at = 0;
            for (int t = 0; t < T; t++) {
                if (padded(padding, b * T + t)) {
                    continue;
                }
                int kind = kinds[b * T + t];
                if (kind == 0) {
                    put(positions, b * T + t, at, at, at);
                    at++;
                    continue;
                }
                Seen all = seen[kind - 1];
                int i = next[kind - 1]++;
                if (i == all.count()) {
                    throw new ShapeException("[positions] row %d has more %s tokens than the %d %ss that are given"
                            .formatted(b, all.what, all.count(), all.what));
                }
                t = picture(positions, all, i, merge, kinds, padding, b, T, t, at) - 1;
                at += Math.max(all.grids[3 * i + 1], all.grids[3 * i + 2]) / merge;
            }
            rewind(kinds, B, merge, seen, next, first, b);
        }
        return positions;
    }

    /// Several rows may hold one prompt: the next row then begins with the same picture.
    private static void rewind(int[] kinds, int B, int merge, Seen[] seen, int[] next, int[] first, int b) {
        for (int k = 0; k < seen.length; k++) {
            int kind = k + 1;
            long tokens = Arrays.stream(kinds).filter(n -> n == kind).count();
            int times = seen[k].count() == 0 ? 1 : (int) Math.max(1, tokens / Math.max(1, seen[k].tokens(merge)));
            if ((b + 1) % times == 0) {
                first[k] = next[k];
            } else {
                next[k] = first[k];
            }
        }
    }

    /// Places the tokens of picture `i`, which begins at token `t` of row `b`, and says where it ends.
    private static int picture(
            Tensor positions, Seen seen, int i, int merge, int[] kinds, Tensor padding, int b, int T, int t, int at) {
        int rows = seen.grids[3 * i + 1] / merge;
        int columns = seen.grids[3 * i + 2] / merge;
        int left = seen.tokens(i, merge);
        int end = t;
        for (int n = 0; n < left; n++, end++) {
            if (end == T || padded(padding, b * T + end) || kinds[b * T + end] != kinds[b * T + t]) {
                throw new ShapeException("[positions] %s %d takes %d tokens, row %d has %d of them in succession"
                        .formatted(seen.what, i, left, b, n));
            }
            int time = (int) (n / (rows * columns) * seen.steps[i]);
            put(positions, b * T + end, at + time, at + n / columns % rows, at + n % columns);
        }
        return end;
    }

    private static boolean padded(Tensor padding, long at) {
        return padding != null && padding.memory().get(at) == 0;
    }

    private static void put(Tensor positions, long token, int time, int row, int column) {
        positions.memory().set(3 * token, time);
        positions.memory().set(3 * token + 1, row);
        positions.memory().set(3 * token + 2, column);
    }
}
