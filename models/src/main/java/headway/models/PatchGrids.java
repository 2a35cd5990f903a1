package headway.models;

import headway.tensor.ShapeException;
import java.util.ArrayList;

/// The patches of pictures and videos, squares of merged patches one after the other.
///
/// @param grids `(frames, rows, columns)` of patches for each picture or video, one after the other
/// @param merge patches of a square in either direction
/// @param places row and column of each patch in its frame
record PatchGrids(int[] grids, int merge, int[] places) {
    /// @param patches how many there must be
    static PatchGrids of(int[] grids, int merge, int patches) {
        int total = 0;
        for (int i = 0; i < grids.length; i += 3) {
            boolean fits = grids[i] > 0 && grids[i + 1] > 0 && grids[i + 2] > 0;
            if (!fits || grids[i + 1] % merge != 0 || grids[i + 2] % merge != 0) {
                throw new ShapeException(
                        "[patches] grid %d is %d frames of %d × %d patches; expected sides that are multiples of %d"
                                .formatted(i / 3, grids[i], grids[i + 1], grids[i + 2], merge));
            }
            total += grids[i] * grids[i + 1] * grids[i + 2];
        }
        if (total != patches) {
            throw new ShapeException(
                    "[patches] the grids have %d patches together, the pixels %d rows".formatted(total, patches));
        }
        int[] places = new int[2 * total];
        int at = 0;
        for (int i = 0; i < grids.length; i += 3) {
            for (int f = 0; f < grids[i]; f++) {
                at = squares(places, at, grids[i + 1], grids[i + 2], merge);
            }
        }
        return new PatchGrids(grids, merge, places);
    }

    /// Rows and columns of one frame's patches, square after square.
    private static int squares(int[] places, int from, int rows, int columns, int merge) {
        int at = from;
        int across = columns / merge;
        for (int square = 0; square < rows * columns / (merge * merge); square++) {
            for (int patch = 0; patch < merge * merge; patch++) {
                places[at++] = square / across * merge + patch / merge;
                places[at++] = square % across * merge + patch % merge;
            }
        }
        return at;
    }

    /// All patches of a frame together.
    PatchGroups frames() {
        return windows(Integer.MAX_VALUE);
    }

    /// The patches of each window of a frame together.
    ///
    /// @param side of a window in squares; those at the end of a row or column are narrower
    PatchGroups windows(int side) {
        var groups = new ArrayList<int[]>();
        int first = 0;
        int all = merge * merge;
        for (int i = 0; i < grids.length; i += 3) {
            int rows = grids[i + 1] / merge;
            int columns = grids[i + 2] / merge;
            for (int f = 0; f < grids[i]; f++) {
                for (int top = 0; top < rows; top += Math.min(side, rows)) {
                    for (int left = 0; left < columns; left += Math.min(side, columns)) {
                        int high = Math.min(side, rows - top);
                        int wide = Math.min(side, columns - left);
                        int[] group = new int[high * wide * all];
                        for (int n = 0; n < group.length; n++) {
                            int square = (top + n / all / wide) * columns + left + n / all % wide;
                            group[n] = first + square * all + n % all;
                        }
                        groups.add(group);
                    }
                }
                first += rows * columns * all;
            }
        }
        return new PatchGroups(groups);
    }
}
