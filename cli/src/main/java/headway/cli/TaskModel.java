package headway.cli;

import headway.kernels.DType;
import headway.tasks.LoadOptions;
import headway.tasks.LoadedModel;
import picocli.CommandLine.Parameters;

/// The MODEL of a task.
final class TaskModel {
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "Folder in Hugging Face layout, GGUF file, or hub name.")
    String name;

    /// The model in memory, in the type that the global options ask for.
    LoadedModel load(GlobalOptions options) {
        return headway.tasks.Headway.load(name, new LoadOptions(options.dtype((DType) null)));
    }
}
