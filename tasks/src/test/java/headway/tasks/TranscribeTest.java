package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.io.Json;
import headway.io.audio.Sound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    void windowsAreWrittenAgainLeftOutAndShownWhatWasSaid() {
        try (var model = Headway.load(TaskGoldens.folder("transcribe-whisper"))) {
            var transcribe = new Transcribe(model);
            JsonNode cases = Json.read(TaskGoldens.folder("transcribe-whisper").resolve("windows.json"));
            assertThat(cases.size()).isGreaterThan(15);
            for (JsonNode c : cases.values()) {
                var settings = new HashMap<String, Object>();
                c.path("options").properties().forEach(p -> settings.put(p.getKey(), p.getValue()));
                if (settings.remove("prompt") instanceof JsonNode prompt) {
                    settings.put("prompt_ids", transcribe.promptIds(prompt.stringValue()));
                }
                var options = new Transcribe.Options("en", false, true, settings);
                Transcribe.Transcript written =
                        transcribe.transcribe(tone(c.path("input").asDouble()), options, _ -> {});
                String name = c.path("name").stringValue() + " " + c.path("options");
                assertThat(written.segments().stream().map(Transcribe.Segment::tokens))
                        .as(name)
                        .isEqualTo(c.path("segments").values().stream()
                                .map(s -> s.path("tokens").values().stream()
                                        .map(JsonNode::intValue)
                                        .toList())
                                .toList());
                for (int i = 0; i < written.segments().size(); i++) {
                    JsonNode e = c.path("segments").path(i);
                    assertThat(written.segments().get(i).start())
                            .as(name)
                            .isCloseTo(e.path("start").asDouble(), within(1e-6));
                    assertThat(written.segments().get(i).end())
                            .as(name)
                            .isCloseTo(e.path("end").asDouble(), within(1e-6));
                }
            }
        }
    }

    @Test
    void settingsOfWindowsThatAreWrongSaySo() {
        refused(Map.of("no_speech_threshold", 0.6), "no_speech_threshold=0.6 without logprob_threshold; give both");
        refused(Map.of("temperature", "hot"), "temperature \"hot\"; expected a number from 0 on, or a list of them");
        refused(Map.of("temperature", List.of(0, -1)), "temperature [0,-1]; expected a number from 0 on");
        refused(Map.of("temperature", List.of()), "temperature is an empty list");
        refused(Map.of("logprob_threshold", true), "logprob_threshold is true; expected a number");
        refused(Map.of("condition_on_prev_tokens", 1), "condition_on_prev_tokens is 1; expected true or false");
        refused(Map.of("prompt_condition_type", "none"), "expected first-segment or all-segments");
        refused(Map.of("prompt_condition_type", "all-segments"), "needs condition_on_prev_tokens=true");
        refused(Map.of("prompt_ids", new int[40]), "the prompt has 40 tokens; expected less than 32");
    }

    private static void refused(Map<String, ?> settings, String message) {
        try (var model = Headway.load(TaskGoldens.folder("transcribe-whisper"))) {
            var options = new Transcribe.Options("en", false, true, settings);
            assertThatThrownBy(() -> new Transcribe(model).transcribe(tone(1), options, _ -> {}))
                    .isInstanceOf(TaskException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void repetitionIsMeasuredByWhatCanBeCompressed() {
        // zlib.compress of 60 times 6, and of 0 … 59, as two bytes each: 120 bytes to 13 and to 84.
        assertThat(Fallback.ratio(
                        java.util.stream.IntStream.generate(() -> 6).limit(60).toArray(), 410))
                .isCloseTo(120.0 / 13, within(1e-9));
        assertThat(Fallback.ratio(java.util.stream.IntStream.range(0, 60).toArray(), 410))
                .isCloseTo(120.0 / 84, within(1e-9));
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
