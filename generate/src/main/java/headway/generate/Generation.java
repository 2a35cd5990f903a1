package headway.generate;

import headway.generate.transform.BadWords;
import headway.generate.transform.LogitsTransform;
import headway.generate.transform.MinLength;
import headway.generate.transform.MinNewTokens;
import headway.generate.transform.NoRepeatNgram;
import headway.generate.transform.RemoveInvalidValues;
import headway.generate.transform.Renormalize;
import headway.generate.transform.RepetitionPenalty;
import headway.generate.transform.SuppressTokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What to generate: names, meaning and defaults are those of Hugging Face's `GenerationConfig`.
///
/// @param limit when a text is long enough
/// @param minNewTokens tokens before which no end token may come
/// @param sampling greedy, or by chance
/// @param repetitionPenalty above 1 discourages tokens that occurred; 1 for none
/// @param noRepeatNgramSize length of n-grams that may occur only once; 0 for none
/// @param suppressTokens tokens that never come
/// @param badWordsIds sequences of tokens that never come
/// @param eosTokenIds tokens that end a text; empty for none
/// @param ignoreEos whether texts go on after an end token, up to the limit
/// @param stopStrings texts that end a text; neither they nor what follows is part of it
/// @param padTokenId what fills up shorter prompts; null for 0, which nothing ever sees
/// @param numReturnSequences texts for each prompt
/// @param beams texts that are followed at once
/// @param forced tokens that must or must not come at certain places
/// @param steering what pushes texts one way or another
/// @param useCache whether keys and values are kept; without, each token costs a pass over all before it
/// @param seed of the random numbers
/// @param outputScores whether [GeneratedSequence#scoreLogProbability] is wanted, which costs a pass over the
///     vocabulary for each token
public record Generation(
        Limit limit,
        int minNewTokens,
        Sampling sampling,
        double repetitionPenalty,
        int noRepeatNgramSize,
        List<Integer> suppressTokens,
        List<List<Integer>> badWordsIds,
        Set<Integer> eosTokenIds,
        boolean ignoreEos,
        List<String> stopStrings,
        Integer padTokenId,
        int numReturnSequences,
        Beams beams,
        Forced forced,
        Steering steering,
        boolean useCache,
        long seed,
        boolean outputScores) {
    /// Greedy, 20 new tokens, no end token.
    public static final Generation DEFAULTS = new Generation(
            new Limit.NewTokens(20),
            0,
            new Sampling.Greedy(),
            1,
            0,
            List.of(),
            List.of(),
            Set.of(),
            false,
            List.of(),
            null,
            1,
            Beams.ONE,
            Forced.NOTHING,
            Steering.NONE,
            true,
            0,
            false);

    public Generation {
        suppressTokens = List.copyOf(suppressTokens);
        badWordsIds = badWordsIds.stream().map(List::copyOf).toList();
        // In their order: the first stands for all in some searches.
        eosTokenIds = Collections.unmodifiableSet(new LinkedHashSet<>(eosTokenIds));
        stopStrings = List.copyOf(stopStrings);
        new RepetitionPenalty(repetitionPenalty);
        new MinNewTokens(minNewTokens, Set.of());
        new BadWords(badWordsIds);
        if (noRepeatNgramSize < 0) {
            throw new IllegalArgumentException(
                    "[generate] noRepeatNgramSize=%d; expected 0 (none) or more".formatted(noRepeatNgramSize));
        }
        requireIds("suppressTokens", suppressTokens);
        requireIds("eosTokenIds", eosTokenIds);
        if (stopStrings.contains("")) {
            throw new IllegalArgumentException("[generate] a stop string is empty; it would stop every text at once");
        }
        if (numReturnSequences < 1) {
            throw new IllegalArgumentException(
                    "[generate] numReturnSequences=%d; expected at least 1".formatted(numReturnSequences));
        }
        if (beams.count() > 1 && numReturnSequences > beams.count()) {
            throw new IllegalArgumentException("[generate] numReturnSequences=%d is more than numBeams=%d"
                    .formatted(numReturnSequences, beams.count()));
        }
        if (beams.groups() > 1 && !stopStrings.isEmpty()) {
            throw new IllegalArgumentException(
                    "[generate] stop strings with numBeamGroups=%d are not in this version; leave one of them out"
                            .formatted(beams.groups()));
        }
        if (beams.groups() > 1 && !(sampling instanceof Sampling.Greedy)) {
            throw new IllegalArgumentException(
                    "[generate] groups of beams are not drawn: numBeamGroups=%d with sampling; set temperature 0, or one group"
                            .formatted(beams.groups()));
        }
        if (beams.count() > 1 && sampling instanceof Sampling.Contrastive) {
            throw new IllegalArgumentException(
                    "[generate] contrastive search has one beam, numBeams=%d; leave one of them out"
                            .formatted(beams.count()));
        }
        if (numReturnSequences > 1 && beams.count() == 1 && !(sampling instanceof Sampling.Categorical)) {
            throw new IllegalArgumentException(
                    "[generate] numReturnSequences=%d with %s, which gives the same text each time; set a temperature, or numBeams"
                            .formatted(
                                    numReturnSequences,
                                    sampling instanceof Sampling.Greedy ? "greedy decoding" : "contrastive search"));
        }
        if (limit instanceof Limit.NewTokens(int count) && minNewTokens > count) {
            throw new IllegalArgumentException(
                    "[generate] minNewTokens=%d is more than maxNewTokens=%d".formatted(minNewTokens, count));
        }
    }

    private static void requireIds(String name, Collection<Integer> ids) {
        for (int id : ids) {
            if (id < 0) {
                throw new IllegalArgumentException("[generate] %s holds %d; expected token ids".formatted(name, id));
            }
        }
    }

    /// The end tokens that count.
    public Set<Integer> ends() {
        return ignoreEos ? Set.of() : eosTokenIds;
    }

    /// All transforms in Hugging Face's order; `more` come where it puts a caller's own, before those of sampling.
    ///
    /// @param newTokens most tokens that will be generated
    public List<LogitsTransform> transforms(List<LogitsTransform> more, int newTokens) {
        var chain = new ArrayList<>(steering.first());
        chain.addAll(steering.favour());
        if (repetitionPenalty != 1) {
            chain.add(new RepetitionPenalty(repetitionPenalty));
        }
        if (noRepeatNgramSize > 0) {
            chain.add(new NoRepeatNgram(noRepeatNgramSize));
        }
        chain.addAll(steering.copying());
        if (!badWordsIds.isEmpty()) {
            chain.add(BadWords.butEndTokens(badWordsIds, ends()));
        }
        if (forced.minLength() > 0 && !ends().isEmpty()) {
            chain.add(new MinLength(forced.minLength(), ends()));
        }
        if (minNewTokens > 0 && !ends().isEmpty()) {
            chain.add(new MinNewTokens(minNewTokens, ends()));
        }
        chain.addAll(forced.transforms(newTokens));
        if (steering.removeInvalidValues()) {
            chain.add(new RemoveInvalidValues());
        }
        chain.addAll(steering.ending(ends()));
        if (!suppressTokens.isEmpty()) {
            chain.add(new SuppressTokens(suppressTokens));
        }
        chain.addAll(forced.begin());
        chain.addAll(more);
        // Beams need a token to go on with beside all those that end a text.
        chain.addAll(sampling.transforms(beams.count() > 1 ? ends().size() + 1 : 1));
        if (steering.renormalizeLogits()) {
            chain.add(new Renormalize());
        }
        return chain;
    }

    /// The same with at most `count` new tokens.
    public Generation withMaxNewTokens(int count) {
        return copy(new Limit.NewTokens(count), minNewTokens, sampling, eosTokenIds, stopStrings, useCache, seed);
    }

    /// The same, chosen another way.
    public Generation withSampling(Sampling other) {
        return copy(limit, minNewTokens, other, eosTokenIds, stopStrings, useCache, seed);
    }

    /// The same with other end tokens.
    public Generation withEosTokenIds(Integer... ids) {
        return copy(limit, minNewTokens, sampling, new LinkedHashSet<>(List.of(ids)), stopStrings, useCache, seed);
    }

    /// The same with other stop strings.
    public Generation withStopStrings(String... texts) {
        return copy(limit, minNewTokens, sampling, eosTokenIds, List.of(texts), useCache, seed);
    }

    /// The same with other random numbers.
    public Generation withSeed(long other) {
        return copy(limit, minNewTokens, sampling, eosTokenIds, stopStrings, useCache, other);
    }

    /// The same without keeping keys and values.
    public Generation withoutCache() {
        return copy(limit, minNewTokens, sampling, eosTokenIds, stopStrings, false, seed);
    }

    private Generation copy(
            Limit limit, int least, Sampling sampling, Set<Integer> eos, List<String> stop, boolean cache, long seed) {
        return new Generation(
                limit,
                least,
                sampling,
                repetitionPenalty,
                noRepeatNgramSize,
                suppressTokens,
                badWordsIds,
                eos,
                ignoreEos,
                stop,
                padTokenId,
                numReturnSequences,
                beams,
                forced,
                steering,
                cache,
                seed,
                outputScores);
    }
}
