package headway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// The processor as the operating system describes it: its name, and those instruction sets that kernels care about.
record Processor(String name, List<String> features) {
    /// Names as Linux prints them; macOS' are turned into these.
    private static final List<String> OF_INTEREST = List.of(
            "sse4_2",
            "avx",
            "avx2",
            "fma",
            "f16c",
            "avx_vnni",
            "avx512f",
            "avx512bw",
            "avx512vl",
            "avx512_vnni",
            "avx512_bf16",
            "avx512_fp16",
            "amx_tile",
            "amx_int8",
            "amx_bf16",
            "asimd",
            "asimdhp",
            "asimddp",
            "i8mm",
            "bf16",
            "sve",
            "sve2");

    static Processor current() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.startsWith("linux")) {
            return ofCpuInfo(readOrEmpty(Path.of("/proc/cpuinfo")));
        }
        if (os.startsWith("mac")) {
            String name = ask("sysctl", "-n", "machdep.cpu.brand_string");
            return new Processor(name.isBlank() ? System.getProperty("os.arch") : name.strip(), macFeatures());
        }
        String name = System.getenv("PROCESSOR_IDENTIFIER");
        return new Processor(name == null ? System.getProperty("os.arch") : name, List.of());
    }

    /// Reads the text of Linux' `/proc/cpuinfo`: `model name` and `flags`, on ARM `Features` only.
    static Processor ofCpuInfo(String text) {
        String name = System.getProperty("os.arch");
        List<String> features = List.of();
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).strip()) {
                case "model name" -> name = value;
                case "flags", "Features" -> features = known(value.split(" +"));
                default -> {}
            }
        }
        return new Processor(name, features);
    }

    private static List<String> macFeatures() {
        String intel = ask("sysctl", "-n", "machdep.cpu.features", "machdep.cpu.leaf7_features");
        String[] words = intel.toLowerCase(Locale.ROOT)
                .replace('.', '_')
                .replace("avx1_0", "avx")
                .split("\\s+");
        TreeSet<String> names = new TreeSet<>(Arrays.asList(words));
        if (ask("sysctl", "-n", "hw.optional.AdvSIMD").strip().equals("1")) {
            names.add("asimd");
        }
        if (ask("sysctl", "-n", "hw.optional.arm.FEAT_DotProd").strip().equals("1")) {
            names.add("asimddp");
        }
        if (ask("sysctl", "-n", "hw.optional.arm.FEAT_I8MM").strip().equals("1")) {
            names.add("i8mm");
        }
        if (ask("sysctl", "-n", "hw.optional.arm.FEAT_BF16").strip().equals("1")) {
            names.add("bf16");
        }
        return known(names.toArray(String[]::new));
    }

    private static List<String> known(String[] flags) {
        List<String> there = Arrays.asList(flags);
        return OF_INTEREST.stream().filter(there::contains).toList();
    }

    private static String readOrEmpty(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /// What a small system program prints; empty where it is missing or slow.
    private static String ask(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
