package headway.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ConfigReaderTest {
    enum Act {
        GELU,
        GELU_NEW
    }

    record Rope(double theta, String type) {}

    record Model(
            int hiddenSize,
            long bytes,
            double layerNormEps,
            float scale,
            boolean tied,
            String modelType,
            Act hiddenAct,
            List<Integer> layers,
            List<String> architectures,
            List<Rope> ropes,
            Rope rope,
            Integer numKeyValueHeads,
            Boolean bias,
            JsonNode scaling) {
        Model {
            if (hiddenSize <= 0) {
                throw new IllegalArgumentException("hidden_size is %d, expected 1 or more".formatted(hiddenSize));
            }
        }
    }

    private static final String FULL = """
            {"hidden_size":64,"bytes":9000000000,"layer_norm_eps":1e-5,"scale":1,"tied":true,"model_type":"llama",
             "hidden_act":"gelu_new","layers":[1,2],"architectures":["A"],"ropes":[{"theta":1,"type":"x"}],
             "rope":{"theta":10000,"type":"y"},"num_key_value_heads":null,"scaling":{"any":[1]},"unused":1}""";

    @Test
    void readsEveryKind() {
        var model = ConfigReader.read(Json.parse(FULL, "config.json"), Model.class, "config.json");
        assertThat(model.hiddenSize()).isEqualTo(64);
        assertThat(model.bytes()).isEqualTo(9_000_000_000L);
        assertThat(model.layerNormEps()).isEqualTo(1e-5);
        assertThat(model.scale()).isEqualTo(1f);
        assertThat(model.tied()).isTrue();
        assertThat(model.hiddenAct()).isEqualTo(Act.GELU_NEW);
        assertThat(model.layers()).containsExactly(1, 2);
        assertThat(model.architectures()).containsExactly("A");
        assertThat(model.ropes()).containsExactly(new Rope(1, "x"));
        assertThat(model.rope()).isEqualTo(new Rope(10000, "y"));
        assertThat(model.numKeyValueHeads()).isNull();
        assertThat(model.bias()).isNull();
        assertThat(model.scaling().path("any").path(0).intValue()).isEqualTo(1);
    }

    @Test
    void whatIsWrittenIsReadBackEqual() {
        var model = ConfigReader.read(Json.parse(FULL, "config.json"), Model.class, "config.json");
        var snake = ConfigWriter.write(model, ConfigWriter.Keys.SNAKE);
        assertThat(snake.toString())
                .startsWith("{\"hidden_size\":64,")
                .contains("\"hidden_act\":\"gelu_new\"")
                .doesNotContain("num_key_value_heads");
        assertThat(ConfigReader.read(snake, Model.class, "f")).isEqualTo(model);
        var camel = ConfigWriter.write(model, ConfigWriter.Keys.CAMEL);
        assertThat(camel.toString()).contains("\"hiddenAct\":\"gelu-new\"");
        assertThat(ConfigReader.read(camel, Model.class, "f")).isEqualTo(model);
        var throughYaml = Yaml.parse(Yaml.write(camel), "yaml");
        assertThat(ConfigReader.read(throughYaml, Model.class, "f")).isEqualTo(model);
    }

    @Test
    void defaults() {
        record Small(double eps, Integer heads, String name, Rope rope) {}
        var small = ConfigReader.read(
                Json.parse("{\"rope\":{\"type\":\"z\"},\"name\":null}", "c"),
                Small.class,
                "c",
                Map.of("eps", 1, "heads", 8, "name", "n", "rope.theta", 500));
        assertThat(small).isEqualTo(new Small(1.0, 8, "n", new Rope(500, "z")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "hidden_size":64, | | key hidden_size is missing; Model.hiddenSize needs it
            "hidden_size":64 | "hidden_size":null | key hidden_size is null; Model.hiddenSize needs it
            "hidden_size":64 | "hidden_size":"64" | key hidden_size is "64", expected a whole number (int)
            "hidden_size":64 | "hidden_size":64.5 | key hidden_size is 64.5, expected a whole number (int)
            "hidden_size":64 | "hidden_size":3000000000 | key hidden_size is 3000000000, expected a whole number (int)
            "hidden_size":64 | "hidden_size":0 | hidden_size is 0, expected 1 or more
            "hidden_size":64 | "hidden_size":64,"hiddenSize":65 | keys hidden_size and hiddenSize mean the same; remove one
            "bytes":9000000000 | "bytes":92233720368547758070 | key bytes is 92233720368547758070, expected a whole number (long)
            1e-5 | [] | key layer_norm_eps is a list, expected a number
            "tied":true | "tied":1 | key tied is 1, expected true or false
            "llama" | 5 | key model_type is 5, expected a string
            "gelu_new" | "gelu_now" | key hidden_act is "gelu_now", expected one of [gelu, gelu_new]; did you mean 'gelu_new'?
            [1,2] | [1,"2"] | key layers[1] is "2", expected a whole number (int)
            [1,2] | 3 | key layers is 3, expected a list
            "theta":1, | | key ropes[0].theta is missing; Rope.theta needs it
            {"theta":10000,"type":"y"} | [] | key rope is a list, expected an object for Rope
            """)
    void faults(String from, String to, String text) {
        assertThat(FULL).contains(from);
        var json = Json.parse(FULL.replace(from, to == null ? "" : to), "m/config.json");
        assertThatThrownBy(() -> ConfigReader.read(json, Model.class, "m/config.json"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("[config] m/config.json: ")
                .hasMessageContaining(text);
    }

    @Test
    void unknownKeysAreAllNamed() {
        assertThatThrownBy(() -> UnknownKeys.check(
                        Json.parse(
                                "{\"hiden_size\":1,\"rope\":{\"tetha\":2},\"ropes\":[{\"type\":1},{\"typ\":1}],"
                                        + "\"scaling\":{\"anything\":1},\"completely_else\":1}",
                                "c"),
                        Model.class,
                        "run.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("[config] run.yaml: unknown key hiden_size; did you mean 'hiddenSize'?; "
                        + "unknown key rope.tetha; did you mean 'rope.theta'?; "
                        + "unknown key ropes[1].typ; did you mean 'ropes[1].type'?; "
                        + "unknown key completely_else; known: hiddenSize, bytes, ");
        UnknownKeys.check(Json.parse("{\"hidden_size\":1,\"modelType\":1}", "c"), Model.class, "run.yaml");
    }

    @Test
    void hostileJson() {
        assertThatThrownBy(() -> Json.parse("{\"a\":1,\"a\":2}", "c.json"))
                .hasMessageContaining("[json] c.json: not valid JSON at line 1")
                .hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000), "c.json"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("[json] c.json: nested deeper than 200, at line 1");
        assertThatThrownBy(() -> Json.parse("{} x", "c.json")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> Json.parse("{\"a\":" + "9".repeat(5000) + "}", "c.json"))
                .isInstanceOf(ConfigException.class);
    }
}
