package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.audio.Sound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compiles and runs every file of `examples/`, as a reader would, on the tiny checkpoints.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .getParent()
            .resolve("examples");

    @TempDir
    private static Path folder;

    private static final Map<String, List<String>> ARGUMENTS = new TreeMap<>(Map.ofEntries(
            Map.entry("FillMaskExample", List.of("fill-bert", "You are all [MASK].")),
            Map.entry("ClassifyExample", List.of("classify-bert", "Speak, speak.", "We know't.")),
            Map.entry("ThreadsExample", List.of("classify-bert", "Speak, speak.", "We know't.")),
            Map.entry("TagExample", List.of("tag-bert", "Caius Marcius is chief enemy to the people.")),
            Map.entry("AnswerExample", List.of("answer-bert", "Who is it?", "We know that Marcius is the enemy.")),
            Map.entry("EmbedExample", List.of("embed-bert", "Speak", "We know it", "Speak, speak")),
            Map.entry("RerankExample", List.of("rerank-bert", "Who?", "Speak", "We know it")),
            Map.entry("ScoreExample", List.of("write-gpt2", "Speak, speak.")),
            Map.entry("ChatExample", List.of("write-gpt2", "Speak")),
            Map.entry("CompleteExample", List.of("write-gpt2", "Speak")),
            Map.entry("TranslateExample", List.of("write-mbart", "en", "de", "We know it.")),
            Map.entry("SummarizeExample", List.of("write-bart", "We know it, we know it.")),
            Map.entry("ClassifyImageExample", List.of("see-vit", "0.png")),
            Map.entry("CaptionExample", List.of("caption-vit-gpt2", "0.png")),
            Map.entry("MatchExample", List.of("see-clip", "0.png", "citizen", "sea")),
            Map.entry("TranscribeExample", List.of("transcribe-whisper", "tone.wav")),
            Map.entry("AttentionExample", List.of("write-gpt2", "We know it."))));

    @BeforeAll
    static void makeInputs() {
        float[] samples = new float[16000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.4 * Math.sin(0.1 * i));
        }
        new Sound(samples, 16000).writeWav(folder.resolve("tone.wav"));
    }

    @Test
    void everyExampleRuns() throws Exception {
        List<Path> sources;
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            sources = files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
        assertThat(sources.stream().map(ExamplesTest::name)).containsExactlyElementsOf(ARGUMENTS.keySet());
        Path classes = folder.resolve("classes");
        compile(sources, classes);
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            for (Path source : sources) {
                String said = run(loader.loadClass(name(source)), ARGUMENTS.get(name(source)));
                assertThat(said.strip()).as(name(source)).isNotEmpty();
            }
        }
    }

    private static String name(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    private static void compile(List<Path> sources, Path classes) {
        var arguments = new ArrayList<String>(
                List.of("-d", classes.toString(), "-Xlint:all,-requires-automatic,-incubating", "-Werror"));
        arguments.addAll(List.of("-p", System.getProperty("jdk.module.path"), "--add-modules", "headway.tasks"));
        sources.forEach(s -> arguments.add(s.toString()));
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = ToolProvider.findFirst("javac").orElseThrow().run(print, print, arguments.toArray(String[]::new));
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }

    private static Path input(String name) {
        return name.endsWith(".png") ? TaskGoldens.folder("pictures").resolve(name) : folder.resolve(name);
    }

    private static String run(Class<?> example, List<String> given) throws Exception {
        var arguments = new ArrayList<>(given);
        arguments.set(0, TaskGoldens.folder(given.getFirst()).toString());
        arguments.replaceAll(a -> a.matches("\\w+\\.(wav|png)") ? input(a).toString() : a);
        PrintStream before = System.out;
        var out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            var made = example.getDeclaredConstructor();
            made.setAccessible(true);
            var main = example.getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(made.newInstance(), (Object) arguments.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            throw new IOException(example.getName() + ": " + e.getCause(), e.getCause());
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
