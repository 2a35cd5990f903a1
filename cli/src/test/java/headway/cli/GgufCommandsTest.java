package headway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GgufCommandsTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "gguf");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        return Headway.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private static String file(String name) {
        return GOLDENS.resolve(name).resolve("model.gguf").toString();
    }

    @Test
    void inspectSaysWhatTheFileHolds() {
        assertThat(run("inspect", file("llama-mixed"), "--json"))
                .as(err.toString())
                .isZero();
        JsonNode root = Json.parse(out.toString(), "output");
        assertThat(root.path("family").asString()).isEqualTo("llama");
        assertThat(root.path("parameters").path("byDtype").propertyNames())
                .containsExactly("f32", "mxfp4", "q4_1", "q5_0", "q5_1", "q8_0");
        assertThat(root.path("parameters").path("byDtype").path("q8_0").asInt()).isEqualTo(48 * 64);
        assertThat(root.path("tensors").size()).isEqualTo(3 + 2 * 9);
        assertThat(root.path("contextLength").asInt()).isEqualTo(64);
    }

    @Test
    void generateGivesTheGoldenIds() {
        JsonNode golden = Json.read(GOLDENS.resolve("llama-k").resolve("generate.json"));
        String ids = golden.path("promptIds").toString().replaceAll("[\\[\\]]", "");
        assertThat(run("generate", file("llama-k"), "--ids", ids, "--max-new-tokens", "12", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode root = Json.parse(out.toString(), "output");
        assertThat(root.path("sequences").path(0).path("ids")).isEqualTo(golden.path("ids"));
    }

    @Test
    void gradientsAreRefused(@TempDir Path folder) {
        String to = folder.resolve("out.safetensors").toString();
        assertThat(run("trace", file("llama-q8_0"), "--ids", "1,2", "--gradients", "--out", to))
                .isEqualTo(1);
        assertThat(err.toString()).contains("a GGUF file is read to run, not to train");
    }

    @Test
    void missingFilesAreSaid() {
        assertThat(run("inspect", "none.gguf")).isEqualTo(1);
        assertThat(err.toString()).contains("[gguf] none.gguf: no such file; check the path");
    }

    @Test
    void quantizingIsForBenchmarksAlone() {
        assertThat(run("generate", file("llama-k"), "--ids", "1", "--dtype", "q8_0"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--dtype q8_0; weights are quantized by headway bench prefill and decode alone");
    }
}
