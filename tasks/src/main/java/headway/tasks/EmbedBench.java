package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.models.Pretrained;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// How many sentences a second become vectors: tokens in, pooled and normalised vectors out.
public final class EmbedBench {
    private final Embed embed;
    private final List<Encoding> sentences;

    /// `count` sentences of random tokens, whose lengths are spread evenly over `shortest … longest`.
    ///
    /// @param model stays its owner's
    public EmbedBench(Pretrained model, int count, int shortest, int longest) {
        var modules = new SentenceModules(
                Pooling.MEAN, List.of(new SentenceModules.Step.Normalize()), 0, false, java.util.Map.of(), null);
        this.embed = new Embed(LoadedModel.of(model, null), modules);
        var random = new Random(7);
        int vocab = model.config().path("vocab_size").asInt(30522);
        var made = new ArrayList<Encoding>();
        for (int i = 0; i < count; i++) {
            int n = shortest + (int) ((long) i * (longest - shortest + 1) / count);
            int[] ids = random.ints(n, 0, vocab).toArray();
            int[] zeros = new int[n];
            made.add(new Encoding(ids, Collections.nCopies(n, ""), new int[n][2], zeros, zeros, zeros, zeros));
        }
        Collections.shuffle(made, random);
        this.sentences = List.copyOf(made);
    }

    /// Sentences a second of one run over all of them.
    public double run() {
        long start = System.nanoTime();
        int done = embed.vectors(sentences, 0, 0, Embed.Options.DEFAULTS).size();
        return done * 1e9 / (System.nanoTime() - start);
    }

    /// Cosines of its vectors and those of `other`, the least of all: what a smaller type costs.
    public double leastCosine(EmbedBench other) {
        List<float[]> a = embed.vectors(sentences, 0, 0, Embed.Options.DEFAULTS);
        List<float[]> b = other.embed.vectors(sentences, 0, 0, Embed.Options.DEFAULTS);
        double least = 1;
        for (int i = 0; i < a.size(); i++) {
            least = Math.min(least, Embed.cosine(a.get(i), b.get(i)));
        }
        return least;
    }
}
