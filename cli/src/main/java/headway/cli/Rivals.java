package headway.cli;

import headway.io.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `bench/rivals/compare.py`: Headway and its rival turn by turn, each in processes of its own.
final class Rivals {
    private Rivals() {}

    /// Runs the script with `arguments` and returns its exit code; what it prints goes through.
    static int compare(List<String> arguments) {
        String root = System.getProperty("headway.root", "");
        Path script = Path.of(root).resolve("bench/rivals/compare.py");
        if (root.isEmpty() || !Files.exists(script)) {
            throw new ConfigException(
                    "[bench] --compare: bench/rivals/compare.py is not there; call ./headway from the project's sources");
        }
        String python = System.getenv().getOrDefault("HEADWAY_PYTHON", "python3");
        var command = new ArrayList<>(List.of(python, script.toString()));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0 ? 0 : 1;
        } catch (IOException e) {
            throw new ConfigException("[bench] --compare: cannot start %s: %s; HEADWAY_PYTHON names another"
                    .formatted(python, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
