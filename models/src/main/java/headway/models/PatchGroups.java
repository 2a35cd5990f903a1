package headway.models;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.EmbeddingOp;
import java.util.List;

/// Patches that see each other: in a batch each group is a row, the shorter ones padded.
///
/// @param members numbers of the patches of each group
record PatchGroups(List<int[]> members) {
    private int longest() {
        return members.stream().mapToInt(g -> g.length).max().orElse(0);
    }

    private int patches() {
        return members.stream().mapToInt(g -> g.length).sum();
    }

    private boolean even() {
        return members.stream().allMatch(g -> g.length == members.getFirst().length);
    }

    /// Whether groups lie one after the other as they are, all equally long.
    private boolean inOrder() {
        int next = 0;
        for (int[] group : members) {
            for (int patch : group) {
                if (patch != next++) {
                    return false;
                }
            }
        }
        return even();
    }

    /// `(patches, hidden)` → `(groups, seq, hidden)`.
    Tensor apart(Tensor rows) {
        return inOrder()
                ? rows.view(Shape.of(
                        "batch",
                        members.size(),
                        "seq",
                        longest(),
                        "hidden",
                        rows.shape().size(1)))
                : new EmbeddingOp(rows, index(), -1).run();
    }

    /// The way back.
    Tensor together(Tensor x) {
        int N = longest();
        Tensor rows = x.view(
                Shape.of("patches", members.size() * N, "hidden", x.shape().size(2)));
        if (inOrder()) {
            return rows;
        }
        Tensor which = Tensor.allocate(Shape.of("patches", patches()), DType.I32);
        for (int g = 0; g < members.size(); g++) {
            for (int n = 0; n < members.get(g).length; n++) {
                which.memory().set(members.get(g)[n], g * N + n);
            }
        }
        return new EmbeddingOp(rows, which, -1).run();
    }

    /// For each place in the batch the patch that stands there; padding repeats the group's first.
    private Tensor index() {
        int N = longest();
        Tensor index = Tensor.allocate(Shape.of("batch", members.size(), "seq", N), DType.I32);
        for (int g = 0; g < members.size(); g++) {
            int[] group = members.get(g);
            for (int n = 0; n < N; n++) {
                index.memory().set((long) g * N + n, group[n < group.length ? n : 0]);
            }
        }
        return index;
    }

    /// `(groups, seq, 2)`.
    ///
    /// @param places row and column of each patch
    Tensor positions(int[] places) {
        int[] index = index().toInts();
        Tensor positions = Tensor.allocate(Shape.of("batch", members.size(), "seq", longest(), "axes", 2), DType.I32);
        for (int i = 0; i < index.length; i++) {
            positions.memory().set(2L * i, places[2 * index[i]]);
            positions.memory().set(2L * i + 1, places[2 * index[i] + 1]);
        }
        return positions;
    }

    /// `(groups, seq)`, 0 for padding; null where all are equally long.
    Tensor padding() {
        if (even()) {
            return null;
        }
        int N = longest();
        Tensor padding = Tensor.allocate(Shape.of("batch", members.size(), "kv_seq", N), DType.U8);
        for (int g = 0; g < members.size(); g++) {
            for (int n = 0; n < N; n++) {
                padding.memory().set((long) g * N + n, n < members.get(g).length ? 1 : 0);
            }
        }
        return padding;
    }
}
