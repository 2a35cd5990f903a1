package headway.cli;

import headway.io.hub.Hub;
import headway.io.hub.HubSettings;
import headway.io.hub.HubStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway list`: the models in the cache.
@Command(name = "list", description = "List the models in the Hugging Face cache.")
final class ListCommand implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = HubSettings.ofEnvironment();
        List<HubStore.Entry> entries = new Hub(settings).store().list();
        var out = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("cache", settings.cache().toString());
            ArrayNode models = node.putArray("models");
            for (var entry : entries) {
                ObjectNode model = models.addObject();
                model.put("name", entry.name()).put("commit", entry.commit());
                entry.revisions().forEach(model.putArray("revisions")::add);
                model.put("folder", entry.folder().toString()).put("files", entry.files());
                model.put("bytes", entry.bytes()).put("changed", entry.changed().toString());
            }
            out.println(node);
        } else if (entries.isEmpty()) {
            out.println("no models in %s; bring one with headway pull org/name".formatted(settings.cache()));
        } else {
            int width = entries.stream().mapToInt(e -> e.name().length()).max().orElse(0);
            for (var entry : entries) {
                String revision = entry.revisions().isEmpty() ? entry.commit() : String.join(", ", entry.revisions());
                out.println(("%-" + width + "s  %10s  %3d files  %s")
                        .formatted(entry.name(), Terminal.bytes(entry.bytes()), entry.files(), revision));
            }
        }
        return 0;
    }
}
