package headway.cli;

import headway.io.hub.Hub;
import headway.io.hub.HubStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway rm NAME …`: models out of the cache.
@Command(name = "rm", description = "Remove models from the cache: org/name wholly, org/name@revision that revision.")
final class RemoveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "1..*", description = "org/name or org/name@revision.")
    private List<String> names;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        HubStore store = Hub.ofEnvironment().store();
        long bytes = 0;
        for (String name : names) {
            bytes += store.remove(name);
        }
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            names.forEach(node.putArray("removed")::add);
            spec.commandLine().getOut().println(node.put("bytes", bytes));
        } else {
            spec.commandLine()
                    .getOut()
                    .println("removed %s, %s".formatted(String.join(", ", names), Terminal.bytes(bytes)));
        }
        return 0;
    }
}
