package headway.io.image;

import java.util.stream.IntStream;

/// How pixels of another grid are made; the constants stand in the order of Pillow's numbers for them.
///
/// One axis after the other: an output pixel is `Σ k(s · (x + ½ - c)) · p[x]` over a window around its centre `c`, with
/// `s = min(1, output / input)`, so that shrinking averages. Weights are rounded to 22 bits behind the point and each
/// pass to whole bytes, as Pillow does.
public enum Resampling {
    /// The pixel under the centre.
    NEAREST(0),
    /// `sinc(x) sinc(x/3)`, [Duchon 1979](https://doi.org/10.1175/1520-0450(1979)018%3C1016:LFIOAT%3E2.0.CO;2).
    LANCZOS(3),
    /// A triangle.
    BILINEAR(1),
    /// Keys' cubic with a = -½, [Keys 1981](https://doi.org/10.1109/TASSP.1981.1163711).
    BICUBIC(2),
    /// The mean of the pixels covered.
    BOX(0.5),
    /// A sinc under a Hamming window.
    HAMMING(1);

    private static final int BITS = 22;
    private static final int HALF = 1 << BITS - 1;

    /// Half the window's width where nothing shrinks.
    private final double support;

    Resampling(double support) {
        this.support = support;
    }

    private double kernel(double x) {
        double a = Math.abs(x);
        return switch (this) {
            case NEAREST -> 1;
            case BOX -> x > -0.5 && x <= 0.5 ? 1 : 0;
            case BILINEAR -> Math.max(0, 1 - a);
            case BICUBIC -> a < 1 ? (1.5 * a - 2.5) * a * a + 1 : a < 2 ? ((a - 5) * a + 8) * a * -0.5 + 2 : 0;
            case LANCZOS -> x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
            case HAMMING -> a == 0 ? 1 : a >= 1 ? 0 : sinc(a) * (0.54 + 0.46 * Math.cos(a * Math.PI));
        };
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }

    /// Weights of all outputs along one axis.
    ///
    /// @param first index of the first input of each output
    /// @param weights fixed-point weights from there on
    private record Taps(int[] first, int[][] weights) {}

    private Taps taps(int input, int output) {
        double scale = (double) input / output;
        double stretch = Math.max(1, scale);
        double reach = support * stretch;
        int[] first = new int[output];
        int[][] weights = new int[output][];
        for (int i = 0; i < output; i++) {
            double centre = (i + 0.5) * scale;
            if (this == NEAREST) {
                first[i] = Math.min(input - 1, (int) centre);
                weights[i] = new int[] {1 << BITS};
                continue;
            }
            int lo = Math.max(0, (int) (centre - reach + 0.5));
            int hi = Math.min(input, (int) (centre + reach + 0.5));
            double[] exact = new double[hi - lo];
            double sum = 0;
            for (int x = lo; x < hi; x++) {
                exact[x - lo] = kernel((x - centre + 0.5) * (1 / stretch));
                sum += exact[x - lo];
            }
            first[i] = lo;
            weights[i] = new int[hi - lo];
            for (int x = 0; x < exact.length; x++) {
                double weight = (sum == 0 ? exact[x] : exact[x] / sum) * (1 << BITS);
                weights[i][x] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
            }
        }
        return new Taps(first, weights);
    }

    Picture apply(Picture picture, int width, int height) {
        if (width < 1 || height < 1 || (long) width * height > Picture.PIXEL_LIMIT) {
            throw new IllegalArgumentException("[resize] %s to %d×%d pixels; expected 1×1 to %d pixels in all"
                    .formatted(picture, width, height, Picture.PIXEL_LIMIT));
        }
        // Pillow 13 begins with the columns where that takes away more; the rounding in between makes a difference.
        if (height < picture.height() && 2L * (picture.width() - width) < picture.height() - height) {
            Picture low = columns(picture, height);
            return width == low.width() ? low : rows(low, width);
        }
        Picture wide = width == picture.width() ? picture : rows(picture, width);
        return height == wide.height() ? wide : columns(wide, height);
    }

    private Picture rows(Picture picture, int width) {
        var taps = taps(picture.width(), width);
        byte[] in = picture.rgb();
        byte[] out = new byte[width * picture.height() * 3];
        IntStream.range(0, picture.height()).parallel().forEach(y -> {
            int row = y * picture.width();
            for (int x = 0; x < width; x++) {
                int[] weights = taps.weights[x];
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                for (int k = 0; k < weights.length; k++) {
                    int at = (row + taps.first[x] + k) * 3;
                    red += weights[k] * (in[at] & 0xFF);
                    green += weights[k] * (in[at + 1] & 0xFF);
                    blue += weights[k] * (in[at + 2] & 0xFF);
                }
                int to = (y * width + x) * 3;
                out[to] = rounded(red);
                out[to + 1] = rounded(green);
                out[to + 2] = rounded(blue);
            }
        });
        return new Picture(width, picture.height(), out);
    }

    private Picture columns(Picture picture, int height) {
        var taps = taps(picture.height(), height);
        byte[] in = picture.rgb();
        int line = picture.width() * 3;
        byte[] out = new byte[line * height];
        IntStream.range(0, height).parallel().forEach(y -> {
            int[] weights = taps.weights[y];
            int start = taps.first[y] * line;
            for (int x = 0; x < line; x++) {
                int sum = HALF;
                for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * (in[start + k * line + x] & 0xFF);
                }
                out[y * line + x] = rounded(sum);
            }
        });
        return new Picture(picture.width(), height, out);
    }

    private static byte rounded(int sum) {
        return (byte) Math.clamp(sum >> BITS, 0, 255);
    }
}
