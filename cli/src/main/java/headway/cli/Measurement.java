package headway.cli;

import headway.kernels.Tier;
import headway.tensor.Parallel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One line of a benchmark: the median, least and most of several runs, and what the machine allows at most.
///
/// @param roof most that the machine allows, in the same unit; 0 where it was not measured
record Measurement(
        String name,
        String model,
        Map<String, Integer> shape,
        String dtype,
        double[] values,
        String unit,
        double roof) {
    /// Seconds in which Java's compiler, which shares the cores, is left to finish before anything counts.
    private static final double WARM = 2;

    /// Runs `body`, which returns its figure, `warmup` times and for two seconds at least, then `runs` times that
    /// count: what is measured is a process that goes on, not the first second of one.
    static double[] repeat(int warmup, int runs, java.util.function.DoubleSupplier body) {
        long start = System.nanoTime();
        for (int i = 0; i < warmup || (System.nanoTime() - start) * 1e-9 < WARM; i++) {
            body.getAsDouble();
        }
        double[] values = new double[runs];
        for (int i = 0; i < runs; i++) {
            values[i] = body.getAsDouble();
        }
        Arrays.sort(values);
        return values;
    }

    static Map<String, Integer> shape(Object... namesAndSizes) {
        var shape = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < namesAndSizes.length; i += 2) {
            shape.put((String) namesAndSizes[i], (Integer) namesAndSizes[i + 1]);
        }
        return shape;
    }

    double median() {
        return values[values.length / 2];
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", name);
        if (model != null) {
            node.put("model", model);
        }
        ObjectNode sizes = node.putObject("shape");
        shape.forEach(sizes::put);
        node.put("dtype", dtype);
        node.put("threads", Parallel.threads());
        node.put("median", round(median()));
        node.put("min", round(values[0]));
        node.put("max", round(values[values.length - 1]));
        node.put("unit", unit);
        node.put("runs", values.length);
        node.put("cpu", Processor.current().name());
        node.put("kernels", Tier.current().name().toLowerCase(Locale.ROOT));
        if (roof > 0) {
            node.put("roof", round(roof));
            node.put("share", round(median() / roof));
        }
        return node;
    }

    String line() {
        String what = "%-9s %-12s %-42s %-5s".formatted(name, model == null ? "" : model, shape, dtype);
        String figure = "%10.1f %s (%.1f … %.1f)".formatted(median(), unit, values[0], values[values.length - 1]);
        return what + figure + (roof > 0 ? "  %.0f %% of %.1f".formatted(100 * median() / roof, roof) : "");
    }

    private static double round(double value) {
        return value == 0 || !Double.isFinite(value)
                ? value
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(5))
                        .doubleValue();
    }
}
