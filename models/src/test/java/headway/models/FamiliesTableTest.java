package headway.models;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `FAMILIES.md` says what the code and the goldens say. After a change: run with `-Dheadway.write.families=true`.
class FamiliesTableTest {
    private static final Path ROOT = Path.of("..");
    private static final Path GOLDENS = ROOT.resolve("testkit/goldens");

    /// Checkpoints of a model type among the goldens, and those with gradients.
    private static final class Count {
        private int checkpoints;
        private int gradients;
    }

    private static Map<String, Count> goldens() throws IOException {
        var counts = new TreeMap<String, Count>();
        for (String kind : List.of("decoders", "encoders", "encoder_decoders", "vision", "statespace", "recurrent")) {
            try (Stream<Path> folders = Files.list(GOLDENS.resolve(kind))) {
                for (Path folder : folders.filter(f -> Files.exists(f.resolve("config.json")))
                        .toList()) {
                    JsonNode type = Json.read(folder.resolve("config.json")).path("model_type");
                    Count count = counts.computeIfAbsent(type.asString(""), _ -> new Count());
                    count.checkpoints++;
                    try (Stream<Path> files = Files.list(folder)) {
                        boolean some =
                                files.anyMatch(f -> f.getFileName().toString().startsWith("gradients"));
                        count.gradients += some ? 1 : 0;
                    }
                }
            }
        }
        return counts;
    }

    /// What the differential tester found, by family.
    private static Map<String, String> drawn() throws IOException {
        var drawn = new HashMap<String, String>();
        for (String line : Files.readAllLines(GOLDENS.resolve("differential.tsv"))) {
            String[] cells = line.split("\t");
            drawn.put(cells[0].replace('-', '_'), "%s of %s, %s".formatted(cells[2], cells[1], cells[3]));
        }
        return drawn;
    }

    private static String table() throws IOException {
        var text = new StringBuilder("""
                # Families

                Written by `FamiliesTableTest` from the code and the goldens. Heads load strictly. *Goldens*: checkpoints that Hugging Face made, with all parameters random, whose outputs, hidden states and attention weights are equal to 1e-4, and those whose gradients of all parameters are. *Drawn*: random configurations and inputs of `testkit/goldens/differential.py` that were equal to 1e-4 in values, gradients and written text, and the worst difference among them.

                | `model_type` | heads | goldens | with gradients | drawn, worst |
                |---|---|---|---|---|
                """);
        Map<String, Count> goldens = goldens();
        Map<String, String> drawn = drawn();
        for (String type : Families.modelTypes()) {
            Count count = goldens.getOrDefault(type, new Count());
            text.append("| %s | %s | %d | %d | %s |%n"
                    .formatted(
                            type,
                            String.join(", ", Families.of(type).heads()),
                            count.checkpoints,
                            count.gradients,
                            drawn.getOrDefault(type.replace('-', '_'), "–")));
        }
        return text.toString().replace("\r\n", "\n");
    }

    @Test
    void theTableIsThatOfTheCode() throws IOException {
        Path file = ROOT.resolve("FAMILIES.md");
        String table = table();
        if (Boolean.getBoolean("headway.write.families")) {
            Files.writeString(file, table);
        }
        assertThat(Files.readString(file)).isEqualTo(table);
    }
}
