package headway.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class YamlTest {
    @Test
    void scalars() {
        var tree = Yaml.parse("""
                # a run
                steps: 100
                big: 3000000000
                rate: 3e-4
                upper: 1E-5
                plain: 0.1
                negative: -2.5e+3
                name: adamw
                quoted: "3e-4"
                flag: true
                word: yes
                nothing: null
                empty:
                betas: [0.9, 0.95]
                nested:
                  a: {b: 1}
                """, "run.yaml");
        assertThat(tree.path("steps").intValue()).isEqualTo(100);
        assertThat(tree.path("big").longValue()).isEqualTo(3_000_000_000L);
        assertThat(tree.path("rate").doubleValue()).isEqualTo(3e-4);
        assertThat(tree.path("upper").doubleValue()).isEqualTo(1e-5);
        assertThat(tree.path("plain").doubleValue()).isEqualTo(0.1);
        assertThat(tree.path("negative").doubleValue()).isEqualTo(-2500);
        assertThat(tree.path("name").stringValue()).isEqualTo("adamw");
        assertThat(tree.path("quoted").stringValue()).isEqualTo("3e-4");
        assertThat(tree.path("flag").booleanValue()).isTrue();
        assertThat(tree.path("word").isString()).isTrue();
        assertThat(tree.path("nothing").isNull()).isTrue();
        assertThat(tree.path("empty").isNull()).isTrue();
        assertThat(tree.path("betas").path(1).doubleValue()).isEqualTo(0.95);
        assertThat(tree.path("nested").path("a").path("b").intValue()).isEqualTo(1);
        assertThat(Yaml.parse(Yaml.write(tree), "again")).isEqualTo(tree);
    }

    @Test
    void assignments() {
        var base = Yaml.parse("optimizer: {name: adamw}\nsteps: 10\n", "run.yaml");
        var merged = Yaml.with(
                base,
                List.of(
                        "optimizer.learningRate=3e-4",
                        "steps=20",
                        "model.rope.theta=1",
                        "optimizer.betas=[0.9, 0.99]",
                        "note=a=b",
                        "steps=30",
                        "init="));
        assertThat(merged).isEqualTo(Yaml.parse("""
                        optimizer: {name: adamw, learningRate: 3e-4, betas: [0.9, 0.99]}
                        steps: 30
                        model: {rope: {theta: 1}}
                        note: a=b
                        init: null
                        """, "expected"));
        assertThat(base.path("steps").intValue()).isEqualTo(10);
        assertThatThrownBy(() -> Yaml.with(base, List.of("steps")))
                .hasMessage("[set] 'steps': expected KEY=VALUE, such as optimizer.learningRate=3e-4");
        assertThatThrownBy(() -> Yaml.with(base, List.of("a..b=1"))).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> Yaml.with(base, List.of("steps.x=1")))
                .hasMessage("[set] 'steps.x=1': steps is 10, not a mapping that could hold x");
    }

    @Test
    void faults() {
        assertThatThrownBy(() -> Yaml.parse("- 1\n- 2\n", "run.yaml"))
                .hasMessage("[yaml] run.yaml: holds no mapping; expected lines like 'steps: 100'");
        assertThatThrownBy(() -> Yaml.parse("", "run.yaml")).hasMessageContaining("holds no mapping");
        assertThatThrownBy(() -> Yaml.parse("a: 1\na: 2\n", "run.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> Yaml.parse("a: [1\nb: 2\n", "run.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("[yaml] run.yaml: not valid YAML at line");
        assertThatThrownBy(() -> Yaml.parse("a: &x [1]\nb: *x\n", "run.yaml"))
                .hasMessage("[yaml] run.yaml: line 2 uses an alias (*name); write the value out");
        assertThatThrownBy(() -> Yaml.parse("a: 1\n---\nb: 2\n", "run.yaml"))
                .hasMessage("[yaml] run.yaml: holds more than one document");
    }
}
