package headway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How long a call of the launcher takes, one JSON object a line, in milliseconds. From the project's root:
///
///     java cli/src/test/java/headway/cli/LaunchBench.java ./headway
final class LaunchBench {
    private static final int RUNS = 15;
    private static final List<List<String>> LINES =
            List.of(List.of("--help"), List.of("--version"), List.of("doctor", "--help"));

    private LaunchBench() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String launcher = Path.of(args.length == 0 ? "./headway" : args[0])
                .toAbsolutePath()
                .toString();
        // What the JVM alone takes on this machine, at this moment.
        measure(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                List.of("-Xshare:auto", "-version"));
        for (List<String> line : LINES) {
            measure(launcher, line);
        }
    }

    private static void measure(String program, List<String> line) throws IOException, InterruptedException {
        // The first call may build.
        milliseconds(program, line);
        double[] times = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            times[i] = milliseconds(program, line);
        }
        Arrays.sort(times);
        String format = "{'name':'launch','command':'%s','median':%.0f,'min':%.0f,'max':%.0f,'unit':'ms','runs':%d}";
        System.out.println(String.format(
                Locale.ROOT,
                format.replace('\'', '"'),
                Path.of(program).getFileName() + " " + String.join(" ", line),
                times[RUNS / 2],
                times[0],
                times[RUNS - 1],
                RUNS));
    }

    private static double milliseconds(String launcher, List<String> line) throws IOException, InterruptedException {
        String[] command = new String[line.size() + 1];
        command[0] = launcher;
        for (int i = 0; i < line.size(); i++) {
            command[i + 1] = line.get(i);
        }
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("[launch] %s ended with %d".formatted(String.join(" ", command), code));
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
