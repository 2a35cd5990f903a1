package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.io.audio.Sound;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TranscribeTest {
    /// As the script of the goldens makes it.
    private static Sound tone(double seconds) {
        float[] samples = new float[(int) (seconds * 16000)];
        for (int i = 0; i < samples.length; i++) {
            double t = i / 16000.0;
            double x = 0.4 * Math.sin(2 * Math.PI * (200 + 150 * t) * t) * Math.sin(2 * Math.PI * 1.5 * t);
            samples[i] = (float) (Math.rint(x * 32767) / 32768);
        }
        return new Sound(samples, 16000);
    }

    @Test
    void writesWhatTheReferenceWritesWindowAfterWindow() {
        try (var model = Headway.load(TaskGoldens.folder("transcribe-whisper"))) {
            var transcribe = new Transcribe(model);
            for (JsonNode c : TaskGoldens.cases("transcribe-whisper", "transcribe")) {
                JsonNode asked = c.path("options");
                var options = new Transcribe.Options(
                        asked.path("language").asString(null),
                        asked.path("task").asString("").equals("translate"),
                        asked.path("return_timestamps").asBoolean(false),
                        java.util.Map.of());
                var heard = new ArrayList<Double>();
                Transcribe.Transcript written =
                        transcribe.transcribe(tone(c.path("input").asDouble()), options, heard::add);
                JsonNode expected = c.path("output");
                assertThat(written.text())
                        .as(c.toString())
                        .isEqualTo(expected.path("text").stringValue());
                assertThat(written.language())
                        .isEqualTo(expected.path("language").stringValue());
                assertThat(written.segments()).hasSize(expected.path("segments").size());
                for (int i = 0; i < written.segments().size(); i++) {
                    JsonNode e = expected.path("segments").path(i);
                    assertThat(written.segments().get(i).text())
                            .isEqualTo(e.path("text").stringValue());
                    assertThat(written.segments().get(i).start())
                            .isCloseTo(e.path("start").asDouble(), within(1e-6));
                    assertThat(written.segments().get(i).end())
                            .isCloseTo(e.path("end").asDouble(), within(1e-6));
                }
                assertThat(heard).isNotEmpty().isSorted();
            }
        }
    }

    @Test
    void aLanguageThatItDoesNotKnowIsNamed() {
        try (var model = Headway.load(TaskGoldens.folder("transcribe-whisper"))) {
            var transcribe = new Transcribe(model);
            assertThat(transcribe.languages()).containsExactly("en", "de");
            assertThatThrownBy(() ->
                            transcribe.transcribe(tone(1), Transcribe.Options.DEFAULTS.withLanguage("xx"), _ -> {}))
                    .hasMessageContaining(
                            "[transcribe] language 'xx' is not one that this checkpoint knows; known: en, de");
        }
    }
}
