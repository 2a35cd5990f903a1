package headway.nn.score;

import headway.kernels.DType;
import headway.nn.Pass;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.List;

/// Attention with linear biases: a head's scores fall with the distance to the key, at a slope of its own; there are no
/// other positions. [Press et al. 2022](https://arxiv.org/abs/2108.12409).
///
///     bias[h,t,j] = slope[h] · (j - t), here slope[h] · j: a softmax does not see what a whole row shares
///
/// @param slopes one a head
public record Alibi(List<Double> slopes) implements ScoreBias {
    /// The paper's slopes `2^(-8i/n)` for a power of two of heads; for other numbers those of the power below, and then
    /// every other one of twice that power (BLOOM, Falcon).
    public static Alibi interleaved(int heads) {
        int power = Integer.highestOneBit(heads);
        return new Alibi(java.util.stream.IntStream.range(0, heads)
                .mapToObj(h -> h < power ? slope(h + 1, power, 8) : slope(2 * (h - power) + 1, 2 * power, 8))
                .toList());
    }

    /// The same for another number of heads from the power above: every second slope, then the others (MPT).
    ///
    /// @param max what the paper has 8 for
    public static Alibi halved(int heads, double max) {
        int power = heads == Integer.highestOneBit(heads) ? heads : 2 * Integer.highestOneBit(heads);
        return new Alibi(java.util.stream.IntStream.range(0, heads)
                .mapToObj(h -> {
                    int other = h < power / 2 ? 2 * h + 2 : 2 * (h - power / 2) + 1;
                    return slope(power == heads ? h + 1 : other, power, max);
                })
                .toList());
    }

    private static double slope(int i, int power, double max) {
        return Math.pow(2, -max * i / power);
    }

    @Override
    public Tensor of(int queries, int keys) {
        Tensor bias =
                Tensor.allocate(Shape.of("batch", 1, "heads", slopes.size(), "seq", 1, "kv_seq", keys), DType.F32);
        for (int h = 0; h < slopes.size(); h++) {
            for (int j = 0; j < keys; j++) {
                bias.memory().set((long) h * keys + j, slopes.get(h).floatValue() * j);
            }
        }
        return bias;
    }

    /// The bias of a pass, distances counted without the padding: where the keys' numbers are those of their tokens.
    public Tensor of(Pass pass, int queries, int keys) {
        Tensor padding = pass.padding();
        if (padding == null) {
            return of(queries, keys);
        }
        int B = padding.shape().size(0);
        Tensor bias =
                Tensor.allocate(Shape.of("batch", B, "heads", slopes.size(), "seq", 1, "kv_seq", keys), DType.F32);
        for (int b = 0; b < B; b++) {
            int number = 0;
            for (int j = 0; j < keys; j++) {
                boolean token = padding.memory().get((long) b * keys + j) != 0;
                for (int h = 0; h < slopes.size(); h++) {
                    float value = token ? slopes.get(h).floatValue() * number : 0;
                    bias.memory().set(((long) b * slopes.size() + h) * keys + j, value);
                }
                number += token ? 1 : 0;
            }
        }
        return bias;
    }
}
