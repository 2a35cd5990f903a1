import headway.io.audio.Sound;
import headway.tasks.Headway;
import headway.tasks.Subtitles;
import headway.tasks.Transcribe;
import java.nio.file.Path;

/// What is said in a recording, as subtitles:
///
///     examples/run TranscribeExample MODEL speech.flac
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        var transcript = new Transcribe(model).transcribe(Sound.read(Path.of(args[1])));
        IO.println(Subtitles.VTT.of(transcript));
    }
}
