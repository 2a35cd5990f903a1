package headway.cli;

import headway.io.AtomicFiles;
import headway.io.ConfigException;
import headway.io.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Where a command's answers go: standard output, or a file that appears when it is whole.
///
/// Until then answers are in `FILE.part`, and `FILE.part.json` says how many texts they are for. After
/// each piece the answers are forced to the disk before that file is replaced, so that whatever ends the
/// program, `--resume` goes on behind the last whole piece.
final class ResultSink implements AutoCloseable {
    private final PrintWriter out;
    private final Path target;
    private final Path part;
    private final Path state;
    private final String job;
    private final FileChannel channel;
    private long done;

    private ResultSink(PrintWriter out, Path target, String job, FileChannel channel, long done) {
        this.out = out;
        this.target = target;
        this.part = target == null ? null : sibling(target, ".part");
        this.state = target == null ? null : sibling(target, ".part.json");
        this.job = job;
        this.channel = channel;
        this.done = done;
    }

    private static Path sibling(Path target, String end) {
        return target.resolveSibling(target.getFileName() + end);
    }

    static ResultSink to(PrintWriter out) {
        return new ResultSink(out, null, "", null, 0);
    }

    /// @param job what is done, with which model and input: `--resume` goes on with the same only
    /// @param resume whether to go on behind what an earlier call has written
    static ResultSink to(Path target, String job, boolean resume) throws IOException {
        Path part = sibling(target, ".part");
        Path state = sibling(target, ".part.json");
        long done = 0;
        long bytes = 0;
        if (resume && Files.exists(state) && Files.exists(part)) {
            JsonNode before = Json.read(state);
            if (!before.path("job").asString("").equals(job)) {
                throw new ConfigException(
                        "[output] %s was begun by another call: %s; give the same, or leave --resume out"
                                .formatted(part, before.path("job").asString("?")));
            }
            done = before.path("texts").asLong(0);
            bytes = before.path("bytes").asLong(0);
        } else if (resume && Files.exists(target)) {
            throw new ConfigException("[output] %s is whole already; there is nothing to resume".formatted(target));
        }
        var channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() < bytes) {
            channel.close();
            throw new ConfigException(
                    "[output] %s has %d bytes, fewer than the %d that were written; remove it and begin anew"
                            .formatted(part, Files.size(part), bytes));
        }
        channel.truncate(bytes);
        channel.position(bytes);
        var sink = new ResultSink(null, target, job, channel, done);
        sink.keepState();
        return sink;
    }

    /// Texts that are done.
    long done() {
        return done;
    }

    /// Whether an interrupted call can be gone on with.
    boolean isFile() {
        return target != null;
    }

    /// Takes the answers to one more piece of the input.
    ///
    /// @param texts that they answer
    void write(List<String> answers, int texts) throws IOException {
        if (channel == null) {
            answers.forEach(out::println);
            out.flush();
            done += texts;
            return;
        }
        var bytes = ByteBuffer.wrap(
                (String.join("\n", answers) + (answers.isEmpty() ? "" : "\n")).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
        done += texts;
        keepState();
    }

    private void keepState() throws IOException {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("job", job).put("texts", done).put("bytes", channel.position());
        AtomicFiles.writeString(state, node + "\n");
    }

    /// Lets the file appear.
    void finish() throws IOException {
        if (channel != null) {
            channel.force(true);
            channel.close();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(state);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null && channel.isOpen()) {
            channel.close();
        }
    }
}
