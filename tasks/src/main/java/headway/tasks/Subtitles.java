package headway.tasks;

import java.util.List;

/// Transcripts as files that players show beside a film.
public enum Subtitles {
    /// SubRip: numbered pieces, times with a comma.
    SRT,
    /// [WebVTT](https://www.w3.org/TR/webvtt1/): times with a point.
    VTT;

    /// The file's text.
    public String of(Transcribe.Transcript transcript) {
        var text = new StringBuilder(this == VTT ? "WEBVTT\n\n" : "");
        List<Transcribe.Segment> said =
                transcript.segments().stream().filter(s -> !s.text().isBlank()).toList();
        for (int i = 0; i < said.size(); i++) {
            Transcribe.Segment s = said.get(i);
            text.append(this == SRT ? (i + 1) + "\n" : "");
            text.append(time(s.start())).append(" --> ").append(time(s.end())).append('\n');
            text.append(words(s.text())).append("\n\n");
        }
        return text.toString();
    }

    private String time(double seconds) {
        long ms = Math.round(seconds * 1000);
        return "%02d:%02d:%02d%s%03d"
                .formatted(ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, this == SRT ? "," : ".", ms % 1000);
    }

    /// An empty line would end the piece, and an arrow would be read as times.
    private static String words(String text) {
        return text.strip().replaceAll("\\s*\\n\\s*", " ").replace("-->", "→");
    }
}
