package headway.generate;

import headway.io.tokenizer.StreamingDecoder;
import headway.io.tokenizer.Tokenizer;
import java.util.List;

/// The text of one sequence: whole characters only, and nothing that may become a stop string.
final class TextStream {
    private final StreamingDecoder decoder;
    private final StopStrings stops;
    private final StringBuilder text = new StringBuilder();

    TextStream(Tokenizer tokenizer, List<String> stopStrings) {
        this.decoder = new StreamingDecoder(tokenizer, true);
        this.stops = new StopStrings(stopStrings);
    }

    /// What `id` adds for certain.
    String next(int id) {
        return keep(stops.next(decoder.next(id)));
    }

    /// What was held back, once nothing follows. A stop string may yet turn up in it.
    String finish() {
        String last = keep(stops.next(decoder.finish()));
        return last + keep(stops.finish());
    }

    boolean stopped() {
        return stops.stopped();
    }

    String text() {
        return text.toString();
    }

    private String keep(String piece) {
        text.append(piece);
        return piece;
    }
}
