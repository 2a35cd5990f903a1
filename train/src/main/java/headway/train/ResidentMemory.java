package headway.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Memory of this process that the system holds in RAM, in units of 2²⁰ bytes; pages of mapped files that were read
/// count. 0 where the system does not tell.
public final class ResidentMemory {
    private ResidentMemory() {}

    /// Now.
    public static double megabytes() {
        return read("VmRSS:");
    }

    /// The most that it was.
    public static double peakMegabytes() {
        return read("VmHWM:");
    }

    private static double read(String key) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith(key)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            return 0; // another system: it does not tell
        }
        return 0;
    }
}
