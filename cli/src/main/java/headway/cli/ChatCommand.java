package headway.cli;

import headway.tasks.Chat;
import headway.tasks.Written;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/// `headway chat MODEL`: a conversation.
@Command(
        name = "chat",
        description = {
            "Talk with a language model, through its own chat template.",
            "Without --message it asks for lines: /system TEXT, /forget and /exit are commands; Ctrl-C ends an answer."
        })
final class ChatCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @Option(names = "--message", paramLabel = "TEXT", description = "What to say; repeatable, one after the other.")
    private List<String> messages = List.of();

    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is told before all else.")
    private String system;

    @Option(names = "--json", description = "One JSON object an answer.")
    private boolean json;

    @Mixin
    private GenerationOptions settings;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    private volatile boolean interrupted;

    @Override
    public Integer call() throws IOException {
        try (var loaded = model.load(headway.options);
                var chat = new Chat(loaded)) {
            if (system != null) {
                chat.system(system);
            }
            Map<String, Object> given = settings.map(headway.options);
            if (!messages.isEmpty()) {
                messages.forEach(m -> answer(chat, m, given));
            } else if (Terminal.watched()
                    && System.console() != null
                    && System.console().isTerminal()) {
                talk(chat, given);
            } else {
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String said = line.strip();
                    if (said.equals("/exit")) {
                        break;
                    }
                    if (!said.isEmpty() && !command(chat, said)) {
                        answer(chat, line, given);
                    }
                }
            }
        }
        return 0;
    }

    private void answer(Chat chat, String message, Map<String, Object> given) {
        PrintWriter out = spec.commandLine().getOut();
        Written written = chat.say(
                message,
                given,
                json
                        ? _ -> {}
                        : piece -> {
                            if (interrupted) {
                                throw new CancellationException("interrupted");
                            }
                            out.print(piece);
                            out.flush();
                        });
        if (json) {
            out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("role", "assistant")
                    .put("content", written.text())
                    .put("finishReason", written.finishReason().name().toLowerCase(java.util.Locale.ROOT))
                    .put("tokens", written.ids().length));
        } else {
            out.println();
        }
    }

    private void talk(Chat chat, Map<String, Object> given) throws IOException {
        try (var terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            while (true) {
                String line;
                try {
                    line = reader.readLine("> ").strip();
                } catch (UserInterruptException | EndOfFileException e) {
                    return;
                }
                if (line.equals("/exit")) {
                    return;
                }
                if (!line.isEmpty() && !command(chat, line)) {
                    interruptibly(terminal, () -> answer(chat, line, given));
                }
            }
        }
    }

    private boolean command(Chat chat, String line) {
        if (line.equals("/forget")) {
            chat.forget();
            return true;
        }
        if (line.startsWith("/system ")) {
            chat.system(line.substring("/system ".length()));
            return true;
        }
        if (line.startsWith("/")) {
            spec.commandLine().getErr().println("known: /system TEXT, /forget, /exit");
            return true;
        }
        return false;
    }

    private void interruptibly(org.jline.terminal.Terminal terminal, Runnable answer) {
        interrupted = false;
        var before = terminal.handle(Signal.INT, _ -> interrupted = true);
        try {
            answer.run();
        } catch (CancellationException e) {
            spec.commandLine().getOut().println(" …");
        } catch (RuntimeException e) {
            // A conversation goes on after a question that was too long.
            spec.commandLine().getErr().println("headway: " + Failures.oneLine(e));
        } finally {
            terminal.handle(Signal.INT, before);
        }
    }
}
