package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.io.tokenizer.Truncation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Names of persons, places and whatever else a checkpoint's labels are for, as Hugging Face's
/// `token-classification`: a class for each token, and then, as [Aggregation] says, tokens put together.
///
/// Texts longer than the model reads are cut into windows that overlap where [Options#stride] is set; of
/// names that overlap the longer one stays, of equally long ones the more probable.
public final class Tag {
    private final LoadedModel model;
    private final TextReader reader;
    private final ClassNames names;
    private final TagWords words;

    /// @param label the class; with an aggregation without `B-` and `I-`
    /// @param word its text, as tokens spell it
    /// @param start first code point in the text
    /// @param end code point behind the last
    /// @param token number of the token; -1 for several put together
    public record Entity(String label, double score, String word, int start, int end, int token) {}

    /// How tokens become names.
    public enum Aggregation {
        /// Each token by itself.
        NONE,
        /// Neighbours of the same class are one.
        SIMPLE,
        /// Words have the class of their first token, then as [#SIMPLE].
        FIRST,
        /// Words have the class of the largest mean, then as [#SIMPLE].
        AVERAGE,
        /// Words have the class of their surest token, then as [#SIMPLE].
        MAX
    }

    /// @param ignored classes that are left out
    /// @param stride tokens that two windows of a long text share; 0 for no windows
    public record Options(Aggregation aggregation, Set<String> ignored, int stride, TooLong tooLong) {
        /// Neighbours of the same class put together; `O` left out; a long text refused.
        public static final Options DEFAULTS = new Options(Aggregation.SIMPLE, Set.of("O"), 0, TooLong.REFUSE);

        public Options {
            ignored = Set.copyOf(ignored);
            if (stride < 0) {
                throw new TaskException("[tag] stride=%d; expected 0 (no windows) or more".formatted(stride));
            }
            if (stride > 0 && aggregation == Aggregation.NONE) {
                throw new TaskException(
                        "[tag] windows need an aggregation, to put together what two of them say; choose simple, first, average or max");
            }
        }

        /// The same with another aggregation.
        public Options with(Aggregation other) {
            return new Options(other, ignored, stride, tooLong);
        }

        /// The same with windows that share `tokens`.
        public Options withStride(int tokens) {
            return new Options(aggregation, ignored, tokens, tooLong);
        }

        /// The same with these classes left out.
        public Options ignoring(Set<String> classes) {
            return new Options(aggregation, classes, stride, tooLong);
        }
    }

    /// @throws TaskException when the checkpoint has no head for it
    public Tag(LoadedModel model) {
        Task.TAG.require(model);
        this.model = model;
        this.reader = TextReader.of(Task.TAG, model);
        this.names = new ClassNames(model.config());
        this.words = TagWords.of(model);
    }

    /// Names in `text`, in its order.
    public List<Entity> tag(String text) {
        return tag(text, Options.DEFAULTS);
    }

    /// The same as `options` say.
    public List<Entity> tag(String text, Options options) {
        return tagAll(List.of(text), options).getFirst();
    }

    /// The same for each of `texts`.
    public List<List<Entity>> tagAll(List<String> texts, Options options) {
        var windows = new ArrayList<Encoding>();
        var owners = new ArrayList<Integer>();
        for (int i = 0; i < texts.size() && options.stride > 0; i++) {
            for (Encoding window : windows(texts.get(i), options.stride)) {
                windows.add(window);
                owners.add(i);
            }
        }
        if (options.stride == 0) {
            windows.addAll(reader.read(texts.stream().map(TextPair::of).toList(), options.tooLong));
            for (int i = 0; i < texts.size(); i++) {
                owners.add(i);
            }
        }
        List<float[]> logits = EncoderPass.outputs(model, windows, reader.padId(), outputs -> outputs.of("logits"));
        var all = new ArrayList<List<Entity>>();
        for (int i = 0; i < texts.size(); i++) {
            var found = new ArrayList<Entity>();
            int count = 0;
            for (int w = owners.indexOf(i); w < windows.size() && owners.get(w) == i; w++, count++) {
                found.addAll(entities(texts.get(i), windows.get(w), logits.get(w), options));
            }
            all.add(List.copyOf(count > 1 ? withoutOverlaps(found) : found));
        }
        return all;
    }

    private List<Encoding> windows(String text, int stride) {
        int length = reader.length().window();
        if (length == Integer.MAX_VALUE) {
            throw new TaskException(
                    "[tag] %s does not say how many tokens the model reads, so there are no windows; leave the stride out"
                            .formatted(model.folder()));
        }
        var truncation = new Truncation(
                length,
                Truncation.Strategy.LONGEST_FIRST,
                reader.tokenizer().config().truncationSide(),
                stride);
        return reader.tokenizer().encodeWindows(text, true, truncation);
    }

    private List<Entity> entities(String text, Encoding window, float[] logits, Options options) {
        int classes = logits.length / Math.max(1, logits.length == 0 ? 1 : tokens(window, logits));
        var tokens = new ArrayList<TagWords.Token>();
        int[] points = text.codePoints().toArray();
        for (int t = 0; t < window.length(); t++) {
            if (window.specialTokensMask()[t] == 0) {
                double[] p =
                        Probabilities.softmax(java.util.Arrays.copyOfRange(logits, t * classes, (t + 1) * classes));
                tokens.add(words.token(points, window, t, p));
            }
        }
        List<Entity> entities = switch (options.aggregation) {
            case NONE, SIMPLE -> tokens.stream().map(this::single).toList();
            case FIRST, AVERAGE, MAX -> words(tokens, options.aggregation);
        };
        List<Entity> grouped = options.aggregation == Aggregation.NONE ? entities : grouped(entities);
        return grouped.stream().filter(e -> !options.ignored.contains(e.label)).toList();
    }

    /// Tokens of the batch that the logits are for, padding counted.
    private int tokens(Encoding window, float[] logits) {
        JsonNode names = model.config().path("id2label");
        int classes = names.isObject()
                ? names.size()
                : model.config().path("num_labels").asInt(2);
        if (logits.length % classes != 0 || logits.length / classes < window.length()) {
            throw new TaskException("[tag] %s: %d logits for %d tokens and %d labels; id2label does not fit the head"
                    .formatted(model.folder(), logits.length, window.length(), classes));
        }
        return logits.length / classes;
    }

    private Entity single(TagWords.Token token) {
        int best = Probabilities.largest(token.scores(), 1)[0];
        return new Entity(
                names.of(best), token.scores()[best], token.word(), token.start(), token.end(), token.index());
    }

    private List<Entity> words(List<TagWords.Token> tokens, Aggregation aggregation) {
        var entities = new ArrayList<Entity>();
        for (int from = 0; from < tokens.size(); ) {
            int to = from + 1;
            while (to < tokens.size() && tokens.get(to).subword()) {
                to++;
            }
            entities.add(word(tokens.subList(from, to), aggregation));
            from = to;
        }
        return entities;
    }

    private Entity word(List<TagWords.Token> tokens, Aggregation aggregation) {
        double[] scores = switch (aggregation) {
            case FIRST -> tokens.getFirst().scores();
            case MAX -> {
                double[] surest = tokens.getFirst().scores();
                for (TagWords.Token t : tokens) {
                    surest = most(t.scores()) > most(surest) ? t.scores() : surest;
                }
                yield surest;
            }
            default -> {
                double[] mean = new double[tokens.getFirst().scores().length];
                for (TagWords.Token t : tokens) {
                    for (int i = 0; i < mean.length; i++) {
                        mean[i] += t.scores()[i] / tokens.size();
                    }
                }
                yield mean;
            }
        };
        int best = Probabilities.largest(scores, 1)[0];
        String spelt = words.join(tokens.stream().map(TagWords.Token::word).toList());
        return new Entity(
                names.of(best),
                scores[best],
                spelt,
                tokens.getFirst().start(),
                tokens.getLast().end(),
                -1);
    }

    private static double most(double[] scores) {
        return scores[Probabilities.largest(scores, 1)[0]];
    }

    /// Neighbours of the same class as one, unless the second begins a new name (`B-`).
    private List<Entity> grouped(List<Entity> entities) {
        var groups = new ArrayList<Entity>();
        for (int from = 0; from < entities.size(); ) {
            int to = from + 1;
            while (to < entities.size()
                    && !entities.get(to).label.startsWith("B-")
                    && kind(entities.get(to).label).equals(kind(entities.get(to - 1).label))) {
                to++;
            }
            List<Entity> group = entities.subList(from, to);
            double score = group.stream().mapToDouble(Entity::score).average().orElseThrow();
            String label = group.getFirst().label;
            groups.add(new Entity(
                    label.substring(label.indexOf('-') + 1),
                    score,
                    words.join(group.stream().map(Entity::word).toList()),
                    group.getFirst().start,
                    group.getLast().end,
                    -1));
            from = to;
        }
        return groups;
    }

    private static String kind(String label) {
        return label.startsWith("B-") || label.startsWith("I-") ? label.substring(2) : label;
    }

    private static List<Entity> withoutOverlaps(List<Entity> found) {
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(Entity::start));
        var kept = new ArrayList<Entity>();
        for (Entity e : sorted) {
            Entity last = kept.isEmpty() ? null : kept.getLast();
            if (last == null || e.start >= last.end) {
                kept.add(e);
                continue;
            }
            int longer = (e.end - e.start) - (last.end - last.start);
            if (longer > 0 || longer == 0 && e.score > last.score) {
                kept.set(kept.size() - 1, e);
            }
        }
        return kept;
    }
}
