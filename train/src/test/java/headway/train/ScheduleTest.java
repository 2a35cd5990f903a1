package headway.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headway.io.Json;
import headway.io.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "training");

    static Stream<Path> goldens() throws IOException {
        try (var folders = Files.list(GOLDENS)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void ratesAreThoseOfTransformers(Path golden) {
        Schedule schedule = Schedule.of(Run.read(Yaml.read(golden.resolve("run.yaml")), "run.yaml"));
        var curve = Json.read(golden.resolve("curve.json"));
        for (int s = 0; s < curve.size(); s++) {
            double want = curve.get(s).path("learningRate").asDouble();
            assertThat(schedule.rate(s)).as("step %d", s).isCloseTo(want, within(1e-14));
        }
    }

    @Test
    void endsAndCorners() {
        assertThat(new Schedule.Constant(2, 4).rate(0)).isZero();
        assertThat(new Schedule.Constant(2, 4).rate(1)).isEqualTo(0.5);
        assertThat(new Schedule.Constant(2, 0).rate(0)).isEqualTo(2);
        assertThat(new Schedule.Linear(2, 0, 10).rate(5)).isEqualTo(1);
        assertThat(new Schedule.Linear(2, 10, 10).rate(9)).isEqualTo(1.8);
        assertThat(new Schedule.Cosine(2, 1, 0, 10).rate(5)).isCloseTo(1.5, within(1e-15));
        assertThat(new Schedule.Cosine(2, 1, 0, 10).rate(10)).isEqualTo(1);
        assertThat(new Schedule.InverseSqrt(2, 100).rate(400)).isEqualTo(1);
        assertThat(new Schedule.InverseSqrt(2, 0).rate(30_000)).isEqualTo(1);
        var wsd = new Schedule.Wsd(2, 1, 2, 4, 20);
        assertThat(List.of(wsd.rate(0), wsd.rate(1), wsd.rate(2), wsd.rate(15), wsd.rate(16)))
                .containsExactly(1.0, 1.5, 2.0, 2.0, 2.0);
        assertThat(wsd.rate(18)).isCloseTo(1.5, within(1e-15));
        assertThat(wsd.rate(20)).isEqualTo(1);
    }
}
