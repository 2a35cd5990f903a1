package headway.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.generate.transform.BadWords;
import headway.generate.transform.MinNewTokens;
import headway.generate.transform.MinP;
import headway.generate.transform.NoRepeatNgram;
import headway.generate.transform.RepetitionPenalty;
import headway.generate.transform.SuppressTokens;
import headway.generate.transform.Temperature;
import headway.generate.transform.TopK;
import headway.generate.transform.TopP;
import headway.generate.transform.TypicalP;
import headway.io.ConfigException;
import headway.io.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GenerationConfigTest {
    private static Generation read(String file, String call) {
        return GenerationConfig.read(Json.parse(file, "file"), Json.parse(call, "call"), "generation_config.json");
    }

    @Test
    void nothingGivenIsGreedy() {
        assertThat(read("{}", "{}")).isEqualTo(Generation.DEFAULTS);
    }

    @Test
    void samplingSettingsOfTheFileWaitForDoSample() {
        String settings = "\"temperature\": 0.6, \"top_p\": 0.9, \"top_k\": 20, \"min_p\": 0.1, \"typical_p\": 0.8";
        assertThat(read("{" + settings + "}", "{}").sampling()).isEqualTo(new Sampling.Greedy());
        var all = new Sampling.Categorical(0.6, 20, 0.9, 0.1, 0.8);
        assertThat(read("{\"do_sample\": true, " + settings + "}", "{}").sampling())
                .isEqualTo(all);
        assertThat(read("{" + settings + "}", "{\"do_sample\": true}").sampling())
                .isEqualTo(all);
        assertThat(read("{\"do_sample\": true, " + settings + "}", "{\"temperature\": 0}")
                        .sampling())
                .isEqualTo(new Sampling.Greedy());
        assertThat(read("{\"do_sample\": true, " + settings + "}", "{\"do_sample\": false}")
                        .sampling())
                .isEqualTo(new Sampling.Greedy());
        assertThat(read("{" + settings + "}", "{\"temperature\": 1.1}").sampling())
                .isEqualTo(all.withTemperature(1.1));
        assertThat(read("{}", "{\"top_p\": 0.5}").sampling()).isEqualTo(new Sampling.Categorical(1, 50, 0.5, 0, 1));
    }

    @Test
    void theCallOverridesTheFileAndNullIsNothing() {
        Generation g = read("""
                {"eos_token_id": [3, 4], "pad_token_id": 1, "max_length": 99, "repetition_penalty": 1.2,
                 "suppress_tokens": null, "temperature": null}""", "{\"eos_token_id\": 7, \"max_new_tokens\": 5, \"stop_strings\": \"x\"}");
        assertThat(g.eosTokenIds()).containsExactly(7);
        assertThat(g.padTokenId()).isEqualTo(1);
        assertThat(g.limit()).isEqualTo(new Limit.NewTokens(5));
        assertThat(g.repetitionPenalty()).isEqualTo(1.2);
        assertThat(g.suppressTokens()).isEmpty();
        assertThat(g.stopStrings()).containsExactly("x");
        assertThat(read("{\"eos_token_id\": [3, 4], \"max_length\": 99}", "{}").eosTokenIds())
                .containsExactlyInAnyOrder(3, 4);
        assertThat(read("{\"max_length\": 99}", "{}").limit()).isEqualTo(new Limit.Total(99));
    }

    @Test
    void wholeNumbersMayHaveAPointAndAPadTokenBelowZeroIsNone() {
        Generation g = read("""
                {"eos_token_id": [3.0, 4], "pad_token_id": 1.0, "max_new_tokens": 5.0}""", "{}");
        assertThat(g.eosTokenIds()).containsExactlyInAnyOrder(3, 4);
        assertThat(g.padTokenId()).isEqualTo(1);
        assertThat(g.limit()).isEqualTo(new Limit.NewTokens(5));
        assertThat(read("{\"pad_token_id\": -1}", "{}").padTokenId()).isNull();
    }

    @Test
    void transformsComeInHuggingFacesOrder() {
        Generation g = read("""
                {"do_sample": true, "temperature": 0.6, "top_k": 20, "top_p": 0.9, "min_p": 0.1, "typical_p": 0.8,
                 "eos_token_id": 2, "min_new_tokens": 3, "repetition_penalty": 1.1, "no_repeat_ngram_size": 2,
                 "bad_words_ids": [[1, 2]], "suppress_tokens": [4]}""", "{}");
        assertThat(g.transforms(List.of((_, _) -> {}), 20).stream()
                        .map(t -> t.getClass().isHidden() ? "own" : t.getClass()))
                .containsExactly(
                        RepetitionPenalty.class,
                        NoRepeatNgram.class,
                        BadWords.class,
                        MinNewTokens.class,
                        SuppressTokens.class,
                        "own",
                        Temperature.class,
                        TopK.class,
                        TopP.class,
                        MinP.class,
                        TypicalP.class);
        assertThat(Generation.DEFAULTS.transforms(List.of(), 20)).isEmpty();
    }

    @Test
    void endTokensThatAreIgnoredAreNotHeldBackEither() {
        Generation g = read("{\"eos_token_id\": 2, \"min_new_tokens\": 3}", "{\"ignore_eos\": true}");
        assertThat(g.ends()).isEmpty();
        assertThat(g.transforms(List.of(), 20)).isEmpty();
    }

    @Test
    void errorsNameKeyValueAndPlace() {
        assertThatThrownBy(() -> read("{\"top_k\": \"many\"}", "{\"do_sample\": true}"))
                .hasMessage("[generate] generation_config.json: top_k is \"many\"; expected an integer");
        assertThatThrownBy(() -> read("{}", "{\"eos_token_id\": 1.5}"))
                .hasMessage("[generate] the call: eos_token_id is 1.5; expected a token id, or a list of them");
        assertThatThrownBy(() -> read("{\"do_sample\": 1}", "{}"))
                .hasMessage("[generate] generation_config.json: do_sample is 1; expected true or false");
        assertThatThrownBy(() -> read("{\"bad_words_ids\": [1]}", "{}"))
                .hasMessageContaining("expected a list of lists of token ids");
        assertThatThrownBy(() -> read("{}", "{\"max_new_tokens\": 0}"))
                .hasMessage("[generate] maxNewTokens=0; expected at least 1");
        assertThatThrownBy(() -> read("{}", "{\"max_new_tokens\": 2, \"min_new_tokens\": 3}"))
                .hasMessage("[generate] minNewTokens=3 is more than maxNewTokens=2");
        assertThatThrownBy(() -> read("{}", "{\"num_return_sequences\": 2}"))
                .hasMessageContaining("numReturnSequences=2 with greedy decoding");
        assertThatThrownBy(() -> read("{}", "{\"temperature\": -1}"))
                .hasMessageContaining("temperature=-1.0; expected more than 0");
        assertThatThrownBy(() -> read("{}", "{\"stop_strings\": [\"\"]}"))
                .hasMessageContaining("a stop string is empty");
        assertThatThrownBy(() -> read("{}", "{\"suppress_tokens\": [-1]}"))
                .hasMessage("[generate] suppressTokens holds -1; expected token ids");
    }

    @Test
    void techniquesOfLaterVersionsAreListed() {
        assertThat(GenerationConfig.later(Json.parse(
                        "{\"prompt_lookup_num_tokens\": 4, \"penalty_alpha\": null, \"guidance_scale\": 1.0, \"num_beams\": 3}",
                        "file")))
                .containsExactly("prompt_lookup_num_tokens=4");
    }

    @Test
    void aPromptWithoutMaskIsReadAsHuggingFaceDoes() {
        Generation pads = read("{\"pad_token_id\": 0, \"eos_token_id\": 2}", "{}");
        assertThat(Prompt.guessing(new int[] {0, 0, 5}, pads).unpadded()).containsExactly(5);
        Generation same = read("{\"pad_token_id\": 2, \"eos_token_id\": 2}", "{}");
        assertThat(Prompt.guessing(new int[] {2, 2, 5}, same).unpadded()).containsExactly(2, 2, 5);
        assertThat(Prompt.guessing(new int[] {0, 0, 5}, Generation.DEFAULTS).mask())
                .isNull();
    }

    @Test
    void configsOfFormerVersionsSayHowToGenerate() {
        JsonNode settings = FormerSettings.of(Json.parse("""
                {"model_type": "bart", "num_beams": 3, "max_length": 9, "pad_token_id": 4, "vocab_size": 20,
                 "eos_token_id": null}""", "config.json"));
        assertThat(settings.toString())
                .isEqualTo("{\"max_length\":9,\"num_beams\":3,\"pad_token_id\":4,\"forced_eos_token_id\":2}");
        JsonNode parts = FormerSettings.of(Json.parse("""
                {"model_type": "vision-encoder-decoder", "num_beams": 2,
                 "decoder": {"model_type": "gpt2", "num_beams": 5, "max_length": 30}}""", "config.json"));
        assertThat(parts.toString()).isEqualTo("{\"num_beams\":2,\"max_length\":30,\"eos_token_id\":50256}");
    }

    @Test
    void whatSteersHasItsForm() {
        Generation steered =
                read("{\"sequence_bias\": [[[1, 2], 0.5]], \"exponential_decay_length_penalty\": [5, 1.1]}", "{}");
        assertThat(steered.steering().decay()).isEqualTo(new Steering.Decay(5, 1.1));
        assertThat(steered.steering().biases()).hasSize(1);
        assertThatThrownBy(() -> read("{\"sequence_bias\": [[1, 2]]}", "{}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith(
                        "sequence_bias is [[1,2]]; expected a list of pairs of token ids and a number, such as [[[1, 2], 0.5]]");
        assertThatThrownBy(() -> read("{\"exponential_decay_length_penalty\": 3}", "{}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith(
                        "exponential_decay_length_penalty is 3; expected a number of tokens and a factor, such as [5, 1.1]");
    }
}
