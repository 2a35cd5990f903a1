package headway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LoadBenchTest {
    private static List<JsonNode> bench(String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var args = new java.util.ArrayList<>(List.of("bench", "load", "--seq", "8", "--runs", "2", "--json"));
        args.addAll(List.of(more));
        assertThat(Headway.run(new PrintWriter(out, true), new PrintWriter(err, true), args.toArray(String[]::new)))
                .as(err.toString())
                .isZero();
        return out.toString().lines().map(line -> Json.parse(line, "output")).toList();
    }

    private static List<String> folders() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("headway-bench-load"))
                    .toList();
        }
    }

    @Test
    void aShapeIsWrittenLoadedAndDeleted() throws IOException {
        List<String> before = folders();
        List<JsonNode> lines = bench("--model", "gpt-10m");
        assertThat(folders()).isEqualTo(before);
        assertThat(lines.stream().map(l -> l.path("unit").stringValue()).toList())
                .startsWith("ms until ready, first", "ms until ready", "ms first token", "MB heap growth");
        JsonNode ready = lines.get(1);
        assertThat(ready.path("name").stringValue()).isEqualTo("load");
        assertThat(ready.path("dtype").stringValue()).isEqualTo("bf16");
        // 12.3 million parameters of two bytes, norms and biases of four.
        assertThat(ready.path("shape").path("MB").intValue()).isEqualTo(24);
        assertThat(ready.path("runs").intValue()).isEqualTo(2);
        assertThat(ready.path("median").doubleValue()).isPositive();
    }

    @Test
    void aGgufFileIsMeasuredAsItLies() {
        Path file = Path.of("..", "testkit", "goldens", "gguf", "llama-q8_0", "model.gguf");
        List<JsonNode> lines = bench("--model", file.toString());
        assertThat(lines).allMatch(l -> l.path("dtype").stringValue().equals("q8_0"));
    }
}
