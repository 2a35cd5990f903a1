package headway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class HeadwayTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Headway.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @AfterEach
    void forgetProperties() {
        System.clearProperty("headway.threads");
        System.clearProperty("headway.kernels");
        System.clearProperty("headway.instructions");
    }

    @Test
    void helpNamesEveryCommandAndEveryGlobalOption() {
        assertThat(run("--help")).isZero();
        assertThat(err.toString()).isEmpty();
        for (Headway.Entry entry : Headway.COMMANDS) {
            assertThat(out.toString()).contains("  " + entry.name() + " ").contains(entry.summary());
        }
        for (var option :
                new CommandLine(new GlobalOptionsOnly()).getCommandSpec().options()) {
            assertThat(out.toString())
                    .contains(
                            option.arity().max() == 0
                                    ? "  " + option.longestName() + " "
                                    : "  " + option.longestName() + " " + option.paramLabel() + " ");
        }
    }

    @CommandLine.Command
    private static final class GlobalOptionsOnly {
        @CommandLine.Mixin
        private final GlobalOptions options = new GlobalOptions();
    }

    @Test
    void everyCommandExplainsItselfAndTakesTheGlobalOptions() {
        for (Headway.Entry entry : Headway.COMMANDS) {
            out.getBuffer().setLength(0);
            assertThat(run(entry.name(), "--help")).as(entry.name()).isZero();
            assertThat(out.toString())
                    .contains("headway " + entry.name())
                    .contains("--threads", "--seed", "--dtype", "--kernels", "--instructions", "--stacktrace");
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theReadmeNamesNoCommandThatIsNotThere() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("basedir", ""), "..", "README.md"));
        var named = Pattern.compile("headway ([a-z-]+)`|\\./headway ([a-z-]+)")
                .matcher(readme)
                .results()
                .map(r -> r.group(1) == null ? r.group(2) : r.group(1))
                .toList();
        assertThat(named).contains("doctor");
        assertThat(Headway.COMMANDS.stream().map(Headway.Entry::name)).containsAll(named);
    }

    @Test
    void versionIsThatOfTheModule() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("headway ").contains("Java 2");
    }

    @Test
    void unknownCommandEndsWithTwoAndTheNearestName() {
        assertThat(run("docter")).isEqualTo(2);
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                headway: unknown command 'docter'; did you mean 'doctor'? (see headway --help)
                """);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void unknownOptionEndsWithTwoAndTheNearestName() {
        assertThat(run("doctor", "--tread", "2")).isEqualTo(2);
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                headway: unknown option '--tread'; did you mean '--threads'? (see headway doctor --help)
                """);
    }

    @Test
    void valuesOfGlobalOptionsAreChecked() {
        assertThat(run("doctor", "--threads", "0")).isEqualTo(2);
        assertThat(run("--dtype", "f8", "doctor")).isEqualTo(2);
        assertThat(run("doctor", "--kernels", "vektor")).isEqualTo(2);
        assertThat(run("doctor", "--instructions", "sse")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--instructions sse; expected avx2, avx512, avx512bf16 or amx")
                .contains("--threads 0; expected at least 1")
                .contains("--dtype f8; expected f32, bf16 or f16")
                .contains("--kernels vektor; expected reference, vector or native");
        assertThat(err.toString().lines()).hasSize(4);
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Commands:");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void globalOptionsAreSetBeforeAndAfterTheCommand() {
        assertThat(run("--threads", "3", "doctor", "--kernels", "vector", "--help"))
                .isZero();
        assertThat(System.getProperty("headway.threads")).isEqualTo("3");
    }

    @Test
    void doctorPrintsOneJsonDocument() {
        assertThat(run("doctor", "--json")).isZero();
        JsonNode report = Json.parse(out.toString(), "doctor");
        assertThat(report.propertyNames())
                .containsExactly(
                        "version",
                        "java",
                        "cpu",
                        "features",
                        "kernels",
                        "instructions",
                        "threads",
                        "memoryBandwidthGBps",
                        "warnings");
        assertThat(report.get("memoryBandwidthGBps").asDouble()).isPositive();
        assertThat(report.get("threads").asInt()).isPositive();
    }

    @Test
    void failuresOfTheSystemAreNamed() {
        assertThat(Failures.oneLine(new NoSuchFileException("a/b.yaml"))).isEqualTo("no such file: a/b.yaml");
        assertThat(Failures.oneLine(new IllegalArgumentException("[matmul] inner axes differ")))
                .isEqualTo("[matmul] inner axes differ");
        assertThat(Failures.oneLine(new NullPointerException("x is null"))).contains("internal error", "--stacktrace");
        assertThat(Failures.oneLine(new ExceptionInInitializerError(new IllegalArgumentException("unknown tier"))))
                .isEqualTo("unknown tier");
    }

    @Test
    void processorIsReadFromCpuInfo() {
        Processor intel = Processor.ofCpuInfo("""
                processor\t: 0
                model name\t: Some CPU @ 2.00GHz
                flags\t\t: fpu avx2 fma avx512f amx_int8 hypervisor
                """);
        assertThat(intel.name()).isEqualTo("Some CPU @ 2.00GHz");
        assertThat(intel.features()).containsExactly("avx2", "fma", "avx512f", "amx_int8");
        assertThat(Processor.ofCpuInfo("Features\t: fp asimd asimddp\n").features())
                .containsExactly("asimd", "asimddp");
    }

    @Test
    void manyCommandLinesRunInOneJvm() throws IOException {
        CommandLines.run(
                new StringReader("[\"--version\"]\n[\"trian\"]\n[\"inspect\", \"no/such folder\"]\n"),
                new PrintWriter(out, true));
        var answers = out.toString().lines().map(l -> Json.parse(l, "answer")).toList();
        assertThat(answers).extracting(a -> a.path("exit").asInt()).containsExactly(0, 2, 1);
        assertThat(answers.get(0).path("out").asString()).startsWith("headway ");
        assertThat(answers.get(1).path("err").asString()).contains("unknown command 'trian'");
        assertThat(answers.get(2).path("err").asString()).contains("no/such folder");
    }
}
