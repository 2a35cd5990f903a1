package headway.cli;

import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints: the version that Maven wrote into the module, and the Java that runs it.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }

    static String line() {
        return "headway " + current() + " (Java " + Runtime.version() + ")";
    }

    /// Version of this build; `unknown` where classes run outside their module.
    static String current() {
        ModuleDescriptor module = Headway.class.getModule().getDescriptor();
        return module == null ? "unknown" : module.rawVersion().orElse("unknown");
    }
}
