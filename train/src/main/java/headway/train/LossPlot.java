package headway.train;

import headway.io.AtomicFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The loss curve, as a picture and as characters.
public final class LossPlot {
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";

    private LossPlot() {}

    /// Draws `loss.png`.
    public static void write(Path file, String title, RunLog log) {
        System.setProperty("java.awt.headless", "true");
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(560)
                .title(title)
                .xAxisTitle("step")
                .yAxisTitle("loss")
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE).setMarkerSize(6);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        series(chart, "training", log.losses());
        if (log.losses().size() > 40) {
            series(chart, "training, smoothed", smoothed(log.losses()));
        }
        if (!log.evaluations().isEmpty()) {
            XYSeries held = chart.addSeries(
                    "held out",
                    log.evaluations().stream().mapToDouble(RunLog.Point::step).toArray(),
                    log.evaluations().stream().mapToDouble(RunLog.Point::value).toArray());
            held.setMarker(SeriesMarkers.CIRCLE);
        }
        AtomicFiles.write(file, out -> ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out));
    }

    private static void series(XYChart chart, String name, List<RunLog.Point> points) {
        if (points.isEmpty()) {
            return;
        }
        chart.addSeries(
                        name,
                        points.stream().mapToDouble(RunLog.Point::step).toArray(),
                        points.stream().mapToDouble(RunLog.Point::value).toArray())
                .setMarker(SeriesMarkers.NONE);
    }

    private static List<RunLog.Point> smoothed(List<RunLog.Point> points) {
        var smooth = new ArrayList<RunLog.Point>();
        double mean = points.getFirst().value();
        for (RunLog.Point p : points) {
            mean += (p.value() - mean) * 0.05;
            smooth.add(new RunLog.Point(p.step(), mean));
        }
        return smooth;
    }

    /// A plot of `width × height` characters, the curve filled from below, with its largest and smallest value.
    public static String terminal(List<RunLog.Point> points, int width, int height) {
        if (points.size() < 2) {
            return "";
        }
        double[] column = new double[width];
        int[] count = new int[width];
        for (int i = 0; i < points.size(); i++) {
            int c = (int) ((long) i * width / points.size());
            column[c] += points.get(i).value();
            count[c]++;
        }
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int c = 0; c < width; c++) {
            column[c] = count[c] == 0 ? column[c - 1] : column[c] / count[c];
            low = Math.min(low, column[c]);
            high = Math.max(high, column[c]);
        }
        double range = Math.max(high - low, 1e-9);
        var plot = new StringBuilder();
        for (int r = height - 1; r >= 0; r--) {
            String label = r == height - 1 ? "%7.3f" : r == 0 ? "%7.3f" : "%7s";
            plot.append(label.formatted(r == height - 1 ? (Object) high : r == 0 ? (Object) low : ""))
                    .append(" ┤");
            for (int c = 0; c < width; c++) {
                double level = (column[c] - low) / range * (height - 1) * 8 + 4 - r * 8;
                plot.append(BLOCKS.charAt(Math.clamp(Math.round(level), 0, 8)));
            }
            plot.append('\n');
        }
        return plot.append("        └").append("─".repeat(width)).append('\n').toString();
    }
}
