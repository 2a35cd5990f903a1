package headway.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopStringsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void theCutDoesNotDependOnThePieces(int size) {
        for (String text : List.of("one two STOP three", "STOP", "no end STO", "SSTOP", "STSTOPP", "a END b STOP")) {
            var stops = new StopStrings(List.of("STOP", "END"));
            var out = new StringBuilder();
            for (int i = 0; i < text.length() && !stops.stopped(); i += size) {
                out.append(stops.next(text.substring(i, Math.min(text.length(), i + size))));
                assertThat(text).startsWith(out);
            }
            boolean there = text.contains("STOP") || text.contains("END");
            assertThat(stops.stopped()).isEqualTo(there);
            out.append(stops.finish());
            assertThat(out.toString()).isEqualTo(text.split("STOP|END", -1)[0]);
        }
    }

    @Test
    void onlyWhatMayBecomeAStopIsHeldBack() {
        var stops = new StopStrings(List.of("\n\nUser:"));
        assertThat(stops.next("Hello.")).isEqualTo("Hello.");
        assertThat(stops.next("\n")).isEmpty();
        assertThat(stops.next("\n")).isEmpty();
        assertThat(stops.next("U")).isEmpty();
        assertThat(stops.next("p")).isEqualTo("\n\nUp");
        assertThat(stops.next("\n\nUser")).isEmpty();
        assertThat(stops.next(": more")).isEmpty();
        assertThat(stops.stopped()).isTrue();
        assertThat(stops.next("never")).isEmpty();
        assertThat(stops.finish()).isEmpty();
    }

    @Test
    void ofTwoStopsTheEarlierCuts() {
        var stops = new StopStrings(List.of("later", "b"));
        assertThat(stops.next("a b later")).isEqualTo("a ");
    }
}
