package headway.cli;

import headway.kernels.Tier;
import headway.kernels.machine.Machine;
import headway.tensor.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway doctor`: what this machine offers, which kernels run on it, and what holds them back.
@Command(name = "doctor")
final class Doctor implements Callable<Integer> {
    @Option(names = "--json", description = "one JSON document instead of text")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /// What was found, in the order in which it is shown.
    record Report(
            String version,
            String java,
            String cpu,
            List<String> features,
            String kernels,
            int threads,
            double memoryBandwidthGBps,
            List<String> warnings) {}

    @Override
    public Integer call() {
        Report report = examine();
        spec.commandLine().getOut().println(json ? toJson(report) : toText(report));
        return 0;
    }

    static Report examine() {
        Processor cpu = Processor.current();
        return new Report(
                Version.current(),
                Runtime.version().toString(),
                cpu.name(),
                cpu.features(),
                Tier.current().name().toLowerCase(Locale.ROOT),
                Parallel.threads(),
                Math.round(10 * MemoryBandwidth.gigabytesPerSecond()) / 10.0,
                warnings(cpu));
    }

    private static List<String> warnings(Processor cpu) {
        List<String> warnings = new ArrayList<>();
        int cores = Runtime.getRuntime().availableProcessors();
        if (Tier.current() == Tier.REFERENCE) {
            warnings.add("the scalar reference kernels run: right, but slow; %s"
                    .formatted(
                            Machine.available()
                                    ? "leave --kernels and HEADWAY_KERNELS unset"
                                    : "use --kernels vector, since there is no machine code: " + Machine.refusal()));
        }
        if (Tier.current() == Tier.VECTOR && Machine.refused()) {
            warnings.add("no machine code: %s; the vector kernels run instead".formatted(Machine.refusal()));
        }
        if (Tier.vectors() && Tier.vectorBits() < 256) {
            warnings.add("vectors of %d bits only: this processor or its virtual machine offers no wider ones"
                    .formatted(Tier.vectorBits()));
        }
        if (cpu.features().contains("avx512f") && Tier.current() == Tier.VECTOR && Tier.vectorBits() < 512) {
            warnings.add("the processor has 512-bit vectors, Java uses %d: look for -XX:UseAVX or -XX:MaxVectorSize"
                    .formatted(Tier.vectorBits()));
        }
        if (Parallel.threads() > cores) {
            warnings.add("%d threads on %d cores: they wait for each other; use --threads %d"
                    .formatted(Parallel.threads(), cores, cores));
        }
        return warnings;
    }

    static String toJson(Report report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", report.version());
        root.put("java", report.java());
        root.put("cpu", report.cpu());
        ArrayNode features = root.putArray("features");
        report.features().forEach(features::add);
        root.put("kernels", report.kernels());
        root.put("instructions", Tier.machine() ? Machine.level().option() : null);
        root.put("threads", report.threads());
        root.put("memoryBandwidthGBps", report.memoryBandwidthGBps());
        ArrayNode warnings = root.putArray("warnings");
        report.warnings().forEach(warnings::add);
        return root.toString();
    }

    static String toText(Report report) {
        String width = Tier.machine()
                ? " (machine code for %s)".formatted(Machine.level().option())
                : Tier.vectors() ? " (%d bits)".formatted(Tier.vectorBits()) : "";
        StringBuilder text = new StringBuilder("""
                headway    %s
                java       %s
                cpu        %s
                features   %s
                kernels    %s%s
                threads    %d
                memory     %.1f GB/s read by a matrix-vector product""".formatted(
                        report.version(),
                        report.java(),
                        report.cpu(),
                        report.features().isEmpty() ? "unknown" : String.join(" ", report.features()),
                        report.kernels(),
                        width,
                        report.threads(),
                        report.memoryBandwidthGBps()));
        report.warnings().forEach(warning -> text.append("\nwarning    ").append(warning));
        return text.toString();
    }
}
