package headway.generate;

import headway.generate.sample.RandomStream;
import headway.generate.sample.Sampler;
import headway.generate.transform.LogitsTransform;
import headway.generate.transform.TokenSequence;
import headway.io.tokenizer.Tokenizer;
import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.softmax.CrossEntropyKernel;
import headway.models.Decoder;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Continues prompts: one pass over the prompt (prefill), then one pass a token (decode), keys and values kept.
///
/// A generator keeps its memory from call to call and serves one call at a time.
public final class Generator implements AutoCloseable {
    /// Tokens in a pass of prefill: enough to keep the cores busy, few enough that memory stays bounded.
    private static final int CHUNK = 512;

    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final List<LogitsTransform> transforms;
    private final int chunk;
    private final Workspace workspace = new Workspace();

    /// A generator of ids and text.
    ///
    /// @param tokenizer null for ids alone
    public Generator(Decoder decoder, Tokenizer tokenizer) {
        this(decoder, tokenizer, List.of());
    }

    /// The same with transforms of the caller's own, which run after those of the settings and before temperature.
    public Generator(Decoder decoder, Tokenizer tokenizer, List<LogitsTransform> transforms) {
        this(decoder, tokenizer, transforms, CHUNK);
    }

    Generator(Decoder decoder, Tokenizer tokenizer, List<LogitsTransform> transforms, int chunk) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.transforms = List.copyOf(transforms);
        this.chunk = chunk;
    }

    /// Continues all prompts in one batch, each as it would be continued alone.
    ///
    /// @throws IllegalArgumentException when prompts and settings do not fit the model; the text says how
    /// @throws IllegalStateException when no token can be chosen: scores that are not numbers, or all forbidden
    public GenerationResult generate(List<Prompt> prompts, Generation settings, TokenListener listener) {
        return generate(prompts, settings, listener, null);
    }

    /// The same, where one prompt goes on with a text of earlier calls: what `session` has read of it is not read
    /// again. Several prompts, beams and settings without a cache do not use it.
    ///
    /// @param session null for none
    public GenerationResult generate(
            List<Prompt> prompts, Generation settings, TokenListener listener, Session session) {
        if (prompts.isEmpty()) {
            throw new IllegalArgumentException("[generate] no prompt; give at least one");
        }
        if (tokenizer == null && !settings.stopStrings().isEmpty()) {
            throw new IllegalArgumentException("[generate] stop strings need a tokenizer, and this model came without");
        }
        if (settings.beams().count() > 1) {
            return beams(prompts, settings, listener);
        }
        if (settings.sampling() instanceof Sampling.Contrastive how) {
            return contrastive(prompts, settings, how, listener);
        }
        List<Row> rows = rows(prompts, settings);
        int padId = settings.padTokenId() == null ? 0 : requireToken("padTokenId", settings.padTokenId());
        int longest = rows.stream().mapToInt(Row::limit).max().orElseThrow();
        long start = System.nanoTime();
        int tokens = settings.useCache() ? longest : 0;
        try (var batch = new Batch(decoder, rows, settings.numReturnSequences(), padId, chunk, tokens, session)) {
            List<LogitsTransform> chain = settings.transforms(transforms, limit(prompts, settings));
            Choice choice = new Choice(rows, chain, settings, listener);
            batch.prefill(workspace, choice::next);
            long first = System.nanoTime();
            while (!rows.stream().allMatch(Row::finished)) {
                batch.step(workspace, choice::next);
            }
            return result(rows, settings.numReturnSequences(), start, first, System.nanoTime());
        }
    }

    private static int limit(List<Prompt> prompts, Generation settings) {
        return settings.limit()
                .newTokens(prompts.stream().mapToInt(p -> p.ids().length).max().orElseThrow());
    }

    /// The same by beam search: nothing streams, since a text may yet be given up.
    private GenerationResult beams(List<Prompt> prompts, Generation settings, TokenListener listener) {
        int K = settings.beams().count();
        if (K > vocab()) {
            throw new IllegalArgumentException(
                    "[generate] numBeams=%d is more than the %d tokens of the vocabulary".formatted(K, vocab()));
        }
        int limit = limit(prompts, settings);
        var seen = new HashMap<List<Integer>, Integer>();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < prompts.size(); i++) {
            Prompt prompt = prompts.get(i);
            for (int id : prompt.ids()) {
                requireToken("prompt " + i, id);
            }
            limit = Math.min(limit, room(i, prompt.unpadded().length));
            RandomStream random = random(settings, prompt.unpadded(), seen);
            for (int k = 0; k < K; k++) {
                rows.add(new Row(prompt, random, null, settings.ends(), limit, 0));
            }
        }
        int padId = settings.padTokenId() == null ? 0 : requireToken("padTokenId", settings.padTokenId());
        long start = System.nanoTime();
        try (var batch = new Batch(decoder, rows, K, padId, chunk, settings.useCache() ? limit : 0)) {
            Search search = Search.of(rows, settings, settings.transforms(transforms, limit), limit, stops(settings));
            batch.prefill(workspace, logits -> batch.select(search.step(logits)));
            long first = System.nanoTime();
            while (!search.done()) {
                batch.step(workspace, logits -> batch.select(search.step(logits)));
            }
            var sequences = new ArrayList<GeneratedSequence>();
            for (Search.Found found : search.best(settings.numReturnSequences())) {
                sequences.add(told(found, settings, listener, sequences.size()));
            }
            return measured(sequences, start, first, System.nanoTime());
        }
    }

    /// Whether a text holds one of the strings that end it.
    private Predicate<TokenSequence> stops(Generation settings) {
        List<String> strings = settings.stopStrings();
        return strings.isEmpty()
                ? _ -> false
                : tokens -> {
                    String text = tokenizer.decode(tokens.generatedIds(), true);
                    return strings.stream().anyMatch(text::contains);
                };
    }

    /// @param seen how often each prompt came before
    private static RandomStream random(Generation settings, int[] ids, Map<List<Integer>, Integer> seen) {
        int occurrence = seen.merge(Arrays.stream(ids).boxed().toList(), 1, Integer::sum) - 1;
        return RandomStream.of(settings.seed(), ids, occurrence);
    }

    private GenerationResult contrastive(
            List<Prompt> prompts, Generation settings, Sampling.Contrastive how, TokenListener listener) {
        List<Row> texts = rows(prompts, settings);
        int k = Math.min(how.topK(), vocab());
        var rows = new ArrayList<Row>();
        for (Row text : texts) {
            for (int j = 0; j < k; j++) {
                rows.add(new Row(text.prompt(), null, null, Set.of(), text.limit(), 0));
            }
        }
        int padId = settings.padTokenId() == null ? 0 : requireToken("padTokenId", settings.padTokenId());
        List<LogitsTransform> chain = settings.transforms(transforms, limit(prompts, settings));
        int longest = texts.stream().mapToInt(Row::limit).max().orElseThrow();
        long start = System.nanoTime();
        // There is nothing to search without a cache: Hugging Face keeps one here whatever the settings say.
        try (var batch = new Batch(decoder, rows, k, padId, chunk, longest)) {
            var search = new ContrastiveSearch(texts, rows, chain, how, vocab(), padId, listener);
            batch.watch(search::look);
            batch.prefill(workspace, search::begin);
            long first = 0;
            while (!search.done()) {
                batch.step(workspace, logits -> batch.select(search.step(logits)));
                first = first == 0 ? System.nanoTime() : first;
            }
            return result(texts, 1, start, first, System.nanoTime());
        }
    }

    private GeneratedSequence told(Search.Found found, Generation settings, TokenListener listener, int number) {
        TextStream text = tokenizer == null ? null : new TextStream(tokenizer, settings.stopStrings());
        int[] ids = found.tokens().generatedIds();
        for (int id : ids) {
            listener.token(number, id, text == null ? null : text.next(id));
        }
        boolean ended = ids.length > 0 && settings.ends().contains(ids[ids.length - 1]);
        String rest = text == null ? "" : text.finish();
        boolean stopped = text != null && text.stopped();
        FinishReason reason = ended ? FinishReason.EOS : stopped ? FinishReason.STOP : FinishReason.LENGTH;
        listener.finished(number, reason, rest);
        return new GeneratedSequence(
                found.prompt().unpadded(),
                ids,
                text == null ? null : text.text(),
                reason,
                found.sums().own(),
                found.sums().scored());
    }

    private List<Row> rows(List<Prompt> prompts, Generation settings) {
        int limit = limit(prompts, settings);
        var seen = new HashMap<List<Integer>, Integer>();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < prompts.size(); i++) {
            Prompt prompt = prompts.get(i);
            for (int id : prompt.ids()) {
                requireToken("prompt " + i, id);
            }
            int[] ids = prompt.unpadded();
            // Contrastive search reads what it has written last, too.
            int reads = settings.sampling() instanceof Sampling.Contrastive ? 1 : 0;
            int most = Math.min(limit, room(i, ids.length + reads));
            for (int k = 0; k < settings.numReturnSequences(); k++) {
                RandomStream random = random(settings, ids, seen);
                var text = tokenizer == null ? null : new TextStream(tokenizer, settings.stopStrings());
                rows.add(new Row(prompt, random, text, settings.ends(), most, vocab()));
            }
        }
        return rows;
    }

    /// Tokens that positions are left for: the last one generated is never read, so it needs none.
    private int room(int number, int tokens) {
        int positions = decoder.positionLimit();
        if (tokens > positions) {
            throw new IllegalArgumentException(
                    "[generate] prompt %d has %d tokens, but the model has learned %d positions; shorten it"
                            .formatted(number, tokens, positions));
        }
        return positions == Integer.MAX_VALUE ? positions : positions - tokens + 1;
    }

    private int requireToken(String name, int id) {
        if (id < 0 || id >= vocab()) {
            throw new IllegalArgumentException(
                    "[generate] %s: token %d is outside the vocabulary 0 … %d".formatted(name, id, vocab() - 1));
        }
        return id;
    }

    private int vocab() {
        return decoder.sizes().vocabSize();
    }

    private static GenerationResult result(List<Row> rows, int returned, long start, long first, long end) {
        var sequences = new ArrayList<GeneratedSequence>();
        for (int i = 0; i < rows.size(); i += returned) {
            sequences.addAll(rows.subList(i, i + returned).stream()
                    .map(Row::result)
                    .sorted(Comparator.comparingDouble(GeneratedSequence::logProbability)
                            .reversed())
                    .toList());
        }
        return measured(sequences, start, first, end);
    }

    private static GenerationResult measured(List<GeneratedSequence> sequences, long start, long first, long end) {
        long prompt = sequences.stream().mapToLong(s -> s.promptIds().length).sum();
        long after = sequences.stream().mapToLong(s -> s.ids().length - 1).sum();
        double toFirst = Math.max(1, first - start) / 1e9;
        double decoding = Math.max(1, end - first) / 1e9;
        return new GenerationResult(sequences, prompt / toFirst, after / decoding, toFirst * 1e3);
    }

    @Override
    public void close() {
        workspace.close();
    }

    /// Chooses a token for each row that is not finished.
    private static final class Choice {
        private final List<Row> rows;
        private final List<LogitsTransform> chain;
        private final Sampler sampler;
        private final double temperature;
        private final TokenListener listener;

        Choice(List<Row> rows, List<LogitsTransform> chain, Generation settings, TokenListener listener) {
            this.rows = rows;
            this.chain = chain;
            this.sampler = settings.sampling().sampler();
            double heat = settings.sampling() instanceof Sampling.Categorical c ? c.temperature() : 1;
            this.temperature = settings.outputScores() ? heat : 0;
            this.listener = listener;
        }

        void next(Tensor logits) {
            int B = rows.size();
            int V = logits.shape().last().size();
            Tensor labels = Tensor.allocate(Shape.of("batch", B), DType.I32);
            Tensor loss = Tensor.allocate(labels.shape(), DType.F32);
            Tensor lse = Tensor.allocate(labels.shape(), DType.F32);
            var memory = logits.contiguousMemory("generate");
            Parallel.range(B, 1, (lo, hi) -> {
                for (int b = lo; b < hi; b++) {
                    Row row = rows.get(b);
                    if (!row.finished()) {
                        row.choose(memory, b, chain, sampler, temperature);
                        Memory.i32(labels.memory().address(b), row.chosen());
                        CrossEntropyKernel.forward(
                                loss.memory(), lse.memory(), memory, labels.memory(), -100, V, b, b + 1);
                    }
                }
            });
            for (int b = 0; b < B; b++) {
                if (!rows.get(b).finished()) {
                    rows.get(b).accept(loss.memory().get(b), b, listener);
                }
            }
        }
    }
}
