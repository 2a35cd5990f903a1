package headway.cli;

import headway.io.AtomicFiles;
import headway.io.audio.Sound;
import headway.tasks.Subtitles;
import headway.tasks.Transcribe;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway transcribe MODEL SOUND …`: what was said.
@Command(
        name = "transcribe",
        description = {
            "Write down what is said in recordings: WAV, FLAC or MP3 of any length and rate.",
            "Settings of generate may be given; with several temperatures, doubtful windows are written again."
        })
final class TranscribeCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("text", "srt", "vtt", "json");

    @Mixin
    private TaskModel model;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SOUND", description = "Recordings.")
    private List<Path> sounds;

    @Option(
            names = "--language",
            paramLabel = "CODE",
            description = "What is spoken, such as en (default: the model hears it).")
    private String language;

    @Option(names = "--translate", description = "Write in English, whatever is spoken.")
    private boolean translate;

    @Option(
            names = "--format",
            paramLabel = "text|srt|vtt|json",
            defaultValue = "text",
            description = "What to write (default: text).")
    private String format;

    @Option(names = "--json", description = "The same as --format json: one object a recording, with times.")
    private boolean json;

    @Option(names = "--output", paramLabel = "FILE", description = "File for the transcript of a single recording.")
    private Path output;

    @Mixin
    private GenerationOptions settings;

    @Mixin
    private WindowOptions windows;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String as = json ? "json" : format.toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(as)) {
            throw new ParameterException(
                    spec.commandLine(), "--format %s; expected text, srt, vtt or json".formatted(format));
        }
        if (output != null && sounds.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--output takes one recording; %d are given".formatted(sounds.size()));
        }
        try (var loaded = model.load(headway.options)) {
            var transcribe = new Transcribe(loaded);
            Map<String, Object> said = settings.map(headway.options);
            windows.put(said, transcribe);
            var options = new Transcribe.Options(language, translate, true, said);
            for (Path file : sounds) {
                Sound sound = Sound.read(file);
                try (var progress = new InputProgress("transcribe", "seconds")) {
                    var written = transcribe.transcribe(
                            sound, options, done -> progress.step(Math.round(done), done / sound.seconds()));
                    show(file, shown(file, written, as));
                }
            }
        }
        return 0;
    }

    private void show(Path file, String text) {
        if (output != null) {
            AtomicFiles.writeString(output, text + (text.endsWith("\n") ? "" : "\n"));
        } else {
            spec.commandLine().getOut().println(text);
            spec.commandLine().getOut().flush();
        }
    }

    private String shown(Path file, Transcribe.Transcript written, String as) {
        return switch (as) {
            case "srt" -> Subtitles.SRT.of(written);
            case "vtt" -> Subtitles.VTT.of(written);
            case "json" -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                node.put("file", file.toString())
                        .put("language", written.language())
                        .put("text", written.text().strip());
                var segments = node.putArray("segments");
                written.segments()
                        .forEach(s -> segments.addObject()
                                .put("start", s.start())
                                .put("end", s.end())
                                .put("text", s.text()));
                yield node.toString();
            }
            default -> (sounds.size() > 1 ? file + ": " : "") + written.text().strip();
        };
    }
}
