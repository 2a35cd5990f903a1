package headway.tasks;

import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Tokenizers;
import headway.models.Loading;
import headway.models.Model;
import headway.models.Pretrained;
import headway.tensor.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// A checkpoint in memory: weights, configuration and tokenizer, for any number of tasks and threads.
///
/// It owns native memory: [#close] it when nothing uses it any more. Several threads, virtual ones too,
/// may run tasks with it at the same time; each computation gets a workspace of its own, which the next
/// one reuses.
public final class LoadedModel implements AutoCloseable {
    private final Pretrained pretrained;
    private final ConcurrentLinkedQueue<Workspace> idle = new ConcurrentLinkedQueue<>();
    private final Object lock = new Object();
    private Tokenizer tokenizer;
    private volatile boolean closed;

    private LoadedModel(Pretrained pretrained) {
        this.pretrained = pretrained;
    }

    static LoadedModel open(String model, LoadOptions options) {
        return new LoadedModel(Pretrained.load(model, new Loading(options.dtype(), false)));
    }

    /// A loaded model over weights that somebody made; closing it closes them.
    public static LoadedModel of(Pretrained pretrained, Tokenizer tokenizer) {
        var made = new LoadedModel(pretrained);
        made.tokenizer = tokenizer;
        return made;
    }

    /// Where its files are; a model without files has none.
    public Path folder() {
        return pretrained.checkpoint() == null
                ? Path.of("(no files)")
                : pretrained.checkpoint().folder();
    }

    /// The architecture that was loaded, as `config.json` names it.
    public String head() {
        return pretrained.head();
    }

    /// `config.json`.
    public JsonNode config() {
        return pretrained.config();
    }

    /// What this checkpoint can be asked for.
    public List<Task> tasks() {
        return Task.of(model());
    }

    /// Its tokenizer, read when it is first needed.
    ///
    /// @throws headway.io.tokenizer.TokenizerException when there is none
    public Tokenizer tokenizer() {
        synchronized (lock) {
            requireOpen();
            if (tokenizer == null) {
                tokenizer = Tokenizers.of(folder());
            }
            return tokenizer;
        }
    }

    Model model() {
        return pretrained.model();
    }

    Pretrained pretrained() {
        return pretrained;
    }

    /// Runs `body` in a workspace of its own. What `body` allocates is gone when it returns.
    <T> T run(Supplier<T> body) {
        requireOpen();
        Workspace found = idle.poll();
        Workspace workspace = found == null ? new Workspace() : found;
        try {
            return workspace.run(body);
        } finally {
            idle.add(workspace);
            if (closed) {
                release();
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("[model] %s is closed; load it again".formatted(head()));
        }
    }

    private void release() {
        for (Workspace w = idle.poll(); w != null; w = idle.poll()) {
            w.close();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            if (tokenizer != null) {
                tokenizer.close();
            }
        }
        release();
        pretrained.close();
    }

    @Override
    public String toString() {
        return "%s[%s]".formatted(head(), folder());
    }
}
