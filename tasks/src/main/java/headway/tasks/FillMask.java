package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.io.tokenizer.Tokenizer;
import headway.models.EncoderHead;
import headway.models.EncoderModel;
import headway.models.Projection;
import headway.nn.Trace;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/// Guesses the words that a text has masks for: `softmax(logits)` at each mask, as Hugging Face's
/// `fill-mask`.
///
/// Scores of the vocabulary are computed at masks alone, which saves most of the pass: the head is the
/// widest matrix.
public final class FillMask {
    private final LoadedModel model;
    private final EncoderModel encoder;
    private final Projection predictions;
    private final TextReader reader;
    private final int mask;

    /// @param score probability of the token at its place
    /// @param token its id
    /// @param tokenStr its text
    /// @param sequence the whole text with it; other masks stay
    public record Guess(double score, int token, String tokenStr, String sequence) {}

    /// @param topK guesses for each mask
    /// @param targets the only words to choose from; empty for the whole vocabulary. A word of several
    ///     tokens stands for its first
    public record Options(int topK, List<String> targets, TooLong tooLong) {
        /// The five best of the vocabulary.
        public static final Options DEFAULTS = new Options(5, List.of(), TooLong.REFUSE);

        public Options {
            if (topK < 1) {
                throw new TaskException("[fill-mask] topK=%d; expected at least 1".formatted(topK));
            }
            targets = List.copyOf(targets);
        }

        /// The same with `count` guesses.
        public Options withTopK(int count) {
            return new Options(count, targets, tooLong);
        }

        /// The same with these words alone to choose from.
        public Options withTargets(List<String> words) {
            return new Options(topK, words, tooLong);
        }
    }

    /// @throws TaskException when the checkpoint has no head for it, or its tokenizer no mask
    public FillMask(LoadedModel model) {
        Task.FILL_MASK.require(model);
        this.model = model;
        this.encoder = (EncoderModel) model.model();
        this.predictions = switch (encoder.head()) {
            case EncoderHead.MaskedLm head -> head.predictions();
            case EncoderHead.PreTraining head -> head.predictions();
            default -> throw new IllegalStateException(model.head());
        };
        this.reader = TextReader.of(Task.FILL_MASK, model);
        this.mask = reader.tokenizer()
                .maskId()
                .orElseThrow(() -> new TaskException(
                        "[fill-mask] %s: the tokenizer's files name no mask_token; add it to tokenizer_config.json"
                                .formatted(model.folder())));
    }

    /// The mask, as texts spell it.
    public String mask() {
        return reader.tokenizer().tokenOf(mask);
    }

    /// The best guesses for each mask of `text`, the best first.
    public List<List<Guess>> fill(String text) {
        return fill(text, Options.DEFAULTS);
    }

    /// The same as `options` say.
    public List<List<Guess>> fill(String text, Options options) {
        return fillAll(List.of(text), options).getFirst();
    }

    /// The same for each of `texts`.
    ///
    /// @throws TaskException when one has no mask
    public List<List<List<Guess>>> fillAll(List<String> texts, Options options) {
        List<Encoding> encoded = reader.read(texts.stream().map(TextPair::of).toList(), options.tooLong);
        for (int i = 0; i < encoded.size(); i++) {
            if (places(encoded.get(i)).length == 0) {
                throw new TaskException("[fill-mask] text %d has no mask: %s; put %s where a word is to be guessed"
                        .formatted(i + 1, TextReader.quoted(texts.get(i)), mask()));
            }
        }
        int[] targets = targets(options.targets);
        return EncoderPass.batches(model, encoded, reader.padId(), batch -> guess(batch, targets, options.topK));
    }

    private List<List<List<Guess>>> guess(TextBatch batch, int[] targets, int topK) {
        Tensor hidden = Trace.unseen(() -> encoder.encoder().encode(batch.inputs()));
        int[][] places = batch.texts().stream().map(this::places).toArray(int[][]::new);
        Tensor logits = predictions.forward(gathered(hidden, batch, places), batch.inputs());
        int V = logits.shape().last().size();
        var all = new ArrayList<List<List<Guess>>>();
        long row = 0;
        for (int b = 0; b < places.length; b++) {
            var ofText = new ArrayList<List<Guess>>();
            for (int at : places[b]) {
                double[] p = Probabilities.softmax(EncoderPass.values(logits, row++ * V, V));
                ofText.add(best(batch.texts().get(b), at, places[b].length == 1, p, targets, topK));
            }
            all.add(List.copyOf(ofText));
        }
        return all;
    }

    /// Hidden states at the masks alone: `(1, masks, hidden)`.
    private static Tensor gathered(Tensor hidden, TextBatch batch, int[][] places) {
        int D = hidden.shape().size(2);
        int n = 0;
        for (int[] p : places) {
            n += p.length;
        }
        Tensor rows = Tensor.allocate(Shape.of("batch", 1, "seq", n, "hidden", D), hidden.dtype());
        long bytes = (long) D * hidden.dtype().bytes();
        MemorySegment from = hidden.contiguousMemory("fill-mask").segment();
        long to = 0;
        for (int b = 0; b < places.length; b++) {
            for (int at : places[b]) {
                MemorySegment.copy(
                        from,
                        ((long) batch.first(b) + at) * bytes,
                        rows.memory().segment(),
                        to++ * bytes,
                        bytes);
            }
        }
        return rows;
    }

    private List<Guess> best(Encoding text, int place, boolean single, double[] p, int[] targets, int topK) {
        double[] scores = p;
        if (targets.length > 0) {
            scores = IntStream.of(targets).mapToDouble(id -> p[id]).toArray();
        }
        var guesses = new ArrayList<Guess>();
        Tokenizer tokenizer = reader.tokenizer();
        for (int i : Probabilities.largest(scores, topK)) {
            int id = targets.length > 0 ? targets[i] : i;
            int[] ids = text.ids().clone();
            ids[place] = id;
            // With several masks the others must stay visible, and so do all special tokens, as in the reference.
            String sequence = tokenizer.decode(ids, single);
            guesses.add(new Guess(scores[i], id, tokenizer.decode(new int[] {id}, false), sequence));
        }
        return List.copyOf(guesses);
    }

    private int[] places(Encoding text) {
        return IntStream.range(0, text.length())
                .filter(i -> text.ids()[i] == mask)
                .toArray();
    }

    private int[] targets(List<String> words) {
        var ids = new LinkedHashSet<Integer>();
        Tokenizer tokenizer = reader.tokenizer();
        for (String word : words) {
            int[] first = tokenizer.idOf(word).isPresent()
                    ? new int[] {tokenizer.idOf(word).getAsInt()}
                    : tokenizer.encodeIds(word, false);
            if (first.length == 0) {
                throw new TaskException("[fill-mask] target '%s' has no tokens; give a word".formatted(word));
            }
            ids.add(first[0]);
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
