package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RewriteTest {
    private static Map<String, Object> settings(JsonNode c) {
        var settings = new HashMap<String, Object>();
        c.path("options").properties().forEach(p -> settings.put(p.getKey(), p.getValue()));
        settings.remove("src_lang");
        settings.remove("tgt_lang");
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"write-t5", "write-bart"})
    void summariesAreThePipelines(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            var summarize = new Summarize(model);
            for (JsonNode c : TaskGoldens.cases(name, "summarization")) {
                List<Written> written = summarize.summarizeAll(
                        List.of(c.path("input").stringValue()), Summarize.Options.DEFAULTS.with(settings(c)));
                assertThat(written.getFirst().text()).isEqualTo(c.path("output").stringValue());
            }
        }
    }

    @Test
    void aPrefixTellsT5TheLanguages() {
        try (var model = Headway.load(TaskGoldens.folder("write-t5"))) {
            var translate = new Translate(model);
            List<JsonNode> cases = TaskGoldens.cases("write-t5", "translation_en_to_de");
            for (JsonNode c : cases) {
                Written written = translate.translate(
                        c.path("input").stringValue(),
                        Translate.Options.of("en", "de").with(settings(c)),
                        TextListener.NONE);
                assertThat(written.text()).isEqualTo(c.path("output").stringValue());
            }
            // The only direction that its files know need not be named.
            assertThat(translate
                            .translate(
                                    cases.getFirst().path("input").stringValue(),
                                    Translate.Options.of(null, null).with(settings(cases.getFirst())),
                                    TextListener.NONE)
                            .text())
                    .isEqualTo(cases.getFirst().path("output").stringValue());
            assertThatThrownBy(() -> translate.translate("x", "en", null))
                    .hasMessageContaining("needs both languages; its files know [translation_en_to_de]");
            assertThatThrownBy(() -> translate.translate("x", "en", "qqq"))
                    .hasMessageContaining("'qqq' is no language");
        }
    }

    @Test
    void tokensTellMbartTheLanguages() {
        try (var model = Headway.load(TaskGoldens.folder("write-mbart"))) {
            var translate = new Translate(model);
            List<JsonNode> cases = TaskGoldens.cases("write-mbart", "translation");
            for (JsonNode c : cases) {
                String source = c.path("options").path("src_lang").stringValue();
                String target = c.path("options").path("tgt_lang").stringValue();
                assertThat(translate.translate(c.path("input").stringValue(), source, target))
                        .isEqualTo(c.path("output").stringValue());
                assertThat(translate.translate(
                                c.path("input").stringValue(), source.substring(0, 2), target.substring(0, 2)))
                        .isEqualTo(c.path("output").stringValue());
            }
            assertThatThrownBy(() -> translate.translate("x", "en", "fr"))
                    .hasMessageContaining("the target language is 'fr'; expected one of en_XX, de_DE, ro_RO");
            List<String> texts = cases.subList(0, 3).stream()
                    .map(c -> c.path("input").stringValue())
                    .toList();
            List<Written> together = translate.translateAll(texts, Translate.Options.of("en", "de"));
            for (int i = 0; i < 3; i++) {
                assertThat(together.get(i).text())
                        .isEqualTo(cases.get(i).path("output").stringValue());
            }
        }
    }

    /// NLLB and M2M-100 spell languages in their own ways; the same checkpoint under their names says the same.
    @ParameterizedTest
    @CsvSource({"eng_Latn, deu_Latn, ron_Latn, eng, deu", "__en__, __de__, __ro__, en, de"})
    void languagesAreToldAsTheFilesSpellThem(
            String english, String german, String romanian, String source, String target, @TempDir Path folder)
            throws IOException {
        try (var files = Files.list(TaskGoldens.folder("write-mbart"))) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(file.getFileName().toString());
                Files.copy(file, copy);
                if (copy.toString().endsWith(".json")) {
                    Files.writeString(
                            copy,
                            Files.readString(copy)
                                    .replace("en_XX", english)
                                    .replace("de_DE", german)
                                    .replace("ro_RO", romanian));
                }
            }
        }
        JsonNode said = TaskGoldens.cases("write-mbart", "translation").stream()
                .filter(c -> c.path("options").path("src_lang").stringValue().equals("en_XX"))
                .filter(c -> c.path("options").path("tgt_lang").stringValue().equals("de_DE"))
                .findFirst()
                .orElseThrow();
        try (var model = Headway.load(folder)) {
            var translate = new Translate(model);
            for (String[] names : new String[][] {{source, target}, {english, german}}) {
                assertThat(translate.translate(said.path("input").stringValue(), names[0], names[1]))
                        .isEqualTo(said.path("output").stringValue());
            }
            assertThatThrownBy(() -> translate.translate("x", source, "fr"))
                    .hasMessageContaining("the target language is 'fr'; expected one of %s, %s, %s"
                            .formatted(english, german, romanian));
        }
    }

    @Test
    void aSingleBeamStreams() {
        try (var model = Headway.load(TaskGoldens.folder("write-t5"))) {
            var heard = new StringBuilder();
            Written written = new Summarize(model)
                    .summarize(
                            "We know it.",
                            Summarize.Options.DEFAULTS.with(
                                    Map.of("num_beams", 1, "max_new_tokens", 9, "early_stopping", false)),
                            heard::append);
            assertThat(heard.toString()).isEqualTo(written.text()).isNotEmpty();
        }
    }
}
