package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubtitlesTest {
    private static final Transcribe.Transcript SAID = new Transcribe.Transcript(
            "en",
            " One. Two\n\nlines --> here.",
            List.of(
                    new Transcribe.Segment(0, 1.5, " One.", List.of()),
                    new Transcribe.Segment(1.5, 2, "  ", List.of()),
                    new Transcribe.Segment(3661.0404, 3662.9996, " Two\n\nlines --> here.", List.of())));

    @Test
    void srtHasNumbersAndCommas() {
        assertThat(Subtitles.SRT.of(SAID)).isEqualTo("""
                        1
                        00:00:00,000 --> 00:00:01,500
                        One.

                        2
                        01:01:01,040 --> 01:01:03,000
                        Two lines → here.

                        """);
    }

    @Test
    void vttHasAHeaderAndPoints() {
        assertThat(Subtitles.VTT.of(SAID))
                .startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nOne.\n\n")
                .endsWith("01:01:01.040 --> 01:01:03.000\nTwo lines → here.\n\n");
    }
}
