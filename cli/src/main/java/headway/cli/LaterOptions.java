package headway.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options of `generate` that are promised but not there yet: refused by name, because an option that is ignored
/// changes a text without a word. Values that ask for nothing are let through.
final class LaterOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--guidance-scale", paramLabel = "X", hidden = true)
    void guidanceScale(String value) {
        refuse("--guidance-scale", value, "1", "1.0");
    }

    @Option(names = "--prompt-lookup-num-tokens", paramLabel = "N", hidden = true)
    void promptLookupNumTokens(String value) {
        refuse("--prompt-lookup-num-tokens", value);
    }

    @Option(names = "--assistant-model", paramLabel = "MODEL", hidden = true)
    void assistantModel(String value) {
        refuse("--assistant-model", value);
    }

    private void refuse(String name, String value, String... neutral) {
        for (String n : neutral) {
            if (n.equals(value)) {
                return;
            }
        }
        throw new ParameterException(spec.commandLine(), "%s %s is not in this version".formatted(name, value));
    }
}
