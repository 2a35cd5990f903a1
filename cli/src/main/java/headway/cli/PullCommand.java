package headway.cli;

import headway.io.hub.Hub;
import headway.io.hub.HubName;
import headway.io.hub.HubPatterns;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway pull NAME`: a model from the hub into the cache.
@Command(
        name = "pull",
        description = {
            "Bring a model from the Hugging Face hub into the cache, or go on with it.",
            "By default what Headway reads: safetensors, configurations, tokenizers, templates."
        })
final class PullCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "org/name or org/name@revision.")
    private String name;

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            description = "Files to bring instead, such as '*.gguf' or '*'; may be repeated.")
    private List<String> include;

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "Files to leave out; may be repeated.")
    private List<String> exclude;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var patterns = new HubPatterns(
                include == null ? HubPatterns.READABLE.include() : include,
                exclude == null && include == null
                        ? HubPatterns.READABLE.exclude()
                        : exclude == null ? List.of() : exclude);
        var pulled = Hub.ofEnvironment().pull(HubName.of(name), patterns, new DownloadProgress());
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("name", pulled.name()).put("revision", pulled.revision()).put("commit", pulled.commit());
            node.put("folder", pulled.folder().toString());
            pulled.files().forEach(node.putArray("files")::add);
            node.put("bytes", pulled.bytes()).put("fetched", pulled.fetched());
            spec.commandLine().getOut().println(node);
        } else {
            spec.commandLine()
                    .getOut()
                    .println("%s: %d files, %s, %s fetched now; in %s"
                            .formatted(
                                    name,
                                    pulled.files().size(),
                                    Terminal.bytes(pulled.bytes()),
                                    pulled.fetched() == 0 ? "none" : Terminal.bytes(pulled.fetched()),
                                    pulled.folder()));
        }
        return 0;
    }
}
