package headway.cli;

import headway.tasks.AttentionMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A page with the attention of all heads: one file, which asks nobody for anything.
///
/// Weights are written as bytes, in steps of 1/255, what a picture can show.
final class AttentionPage {
    private AttentionPage() {}

    static String of(String model, List<AttentionMap.Layer> layers) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("model", model);
        var all = data.putArray("layers");
        for (AttentionMap.Layer layer : layers) {
            ObjectNode node = all.addObject();
            node.put("part", layer.part()).put("layer", layer.layer());
            layer.queries().forEach(node.putArray("queries")::add);
            layer.keys().forEach(node.putArray("keys")::add);
            var heads = node.putArray("heads");
            for (AttentionMap.Head h : layer.heads()) {
                ObjectNode head = heads.addObject();
                head.put("distance", rounded(h.distance())).put("entropy", rounded(h.entropy()));
                if (!Double.isNaN(h.importance())) {
                    head.put("importance", rounded(h.importance()));
                }
                head.put("weights", Base64.getEncoder().encodeToString(bytes(layer.weights()[h.head()])));
            }
        }
        // Nothing of a text or a name can end the script that holds it.
        String safe = data.toString()
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        return template().replace("/*DATA*/null", safe);
    }

    private static double rounded(double x) {
        return Math.round(x * 1e6) / 1e6;
    }

    private static byte[] bytes(float[] weights) {
        byte[] bytes = new byte[weights.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(Math.clamp(weights[i], 0f, 1f) * 255);
        }
        return bytes;
    }

    private static String template() {
        try (var in = AttentionPage.class.getResourceAsStream("attention.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
