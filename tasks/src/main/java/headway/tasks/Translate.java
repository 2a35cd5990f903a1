package headway.tasks;

import headway.generate.TokenListener;
import headway.io.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A text in another language, as Hugging Face's `translation`.
///
/// How a checkpoint is told the languages is found in its files:
///
/// | family | told by |
/// |---|---|
/// | T5 | a sentence before the text, from `task_specific_params`, or `translate English to German: ` |
/// | mBART, M2M-100, NLLB | a token for the source around the text, and the target's as the first that is written |
/// | Marian of many languages | `>>de<<` before the text |
/// | Marian of two languages, and others | nothing |
public final class Translate {
    private final LoadedModel model;
    private final Rewriter rewriter;

    /// @param source language of the text, such as `en`, or as the checkpoint spells it: `en_XX`, `eng_Latn`; null
    ///     where it knows one
    /// @param target language to translate into; null where the checkpoint knows one
    /// @param settings under Hugging Face's names: `max_new_tokens`, `num_beams` …
    public record Options(String source, String target, Map<String, ?> settings, TooLong tooLong) {
        public Options {
            settings = Map.copyOf(settings);
        }

        /// From `source` to `target` as the checkpoint wants it; a text that is too long is refused.
        public static Options of(String source, String target) {
            return new Options(source, target, Map.of(), TooLong.REFUSE);
        }

        /// The same with these settings.
        public Options with(Map<String, ?> other) {
            return new Options(source, target, other, tooLong);
        }
    }

    /// How a checkpoint is told the languages.
    ///
    /// @param key in `task_specific_params`; null for none
    /// @param prefix put before a text
    /// @param edit changes its tokens
    /// @param settings more of them
    private record Telling(String key, String prefix, UnaryOperator<int[]> edit, Map<String, Object> settings) {}

    /// @throws TaskException when the checkpoint writes no text about another
    public Translate(LoadedModel model) {
        this.model = model;
        this.rewriter = new Rewriter(model, Task.TRANSLATE);
    }

    /// `text` in another language.
    public String translate(String text, String source, String target) {
        return translateAll(List.of(text), Options.of(source, target))
                .getFirst()
                .text();
    }

    /// The same; `listener` hears it as it comes, where a single beam writes.
    public Written translate(String text, Options options, TextListener listener) {
        return write(List.of(text), options, listener.ofFirst()).getFirst();
    }

    /// Each of `texts` in another language.
    public List<Written> translateAll(List<String> texts, Options options) {
        return write(texts, options, TokenListener.NONE);
    }

    private List<Written> write(List<String> texts, Options options, TokenListener listener) {
        Telling telling = telling(options.source, options.target);
        List<String> prefixed = texts.stream().map(t -> telling.prefix + t).toList();
        Map<String, Object> settings = new HashMap<>(telling.settings);
        settings.putAll(options.settings);
        return rewriter.write(prefixed, telling.key, telling.edit, settings, options.tooLong, listener);
    }

    private Telling telling(String source, String target) {
        UnaryOperator<int[]> same = UnaryOperator.identity();
        List<String> keys = keys();
        if (source == null && target == null && keys.size() == 1) {
            return new Telling(keys.getFirst(), prefix(keys.getFirst()), same, Map.of());
        }
        String key = "translation_%s_to_%s".formatted(source, target);
        if (keys.contains(key)) {
            return new Telling(key, prefix(key), same, Map.of());
        }
        // A T5 that knows no task by name has learnt one alone.
        boolean asked = source != null || target != null || !keys.isEmpty();
        if (asked && model.config().path("model_type").asString("").equals("t5")) {
            return sentence(source, target, keys);
        }
        Tokenizer tokenizer = rewriter.reader().tokenizer();
        if (target != null && tokenizer.idOf(">>" + target + "<<").isPresent()) {
            return new Telling(null, ">>" + target + "<< ", same, Map.of());
        }
        if (List.of("mbart", "m2m_100")
                .contains(model.config().path("model_type").asString(""))) {
            int from = language(tokenizer, source, "source");
            int to = language(tokenizer, target, "target");
            return new Telling(null, "", ids -> replaced(ids, tokenizer, from), Map.of("forced_bos_token_id", to));
        }
        if (source != null || target != null) {
            throw new TaskException(
                    "[translate] %s knows no choice of languages, so %s to %s cannot be asked for; leave them out"
                            .formatted(model.folder(), source, target));
        }
        return new Telling(null, "", same, Map.of());
    }

    private Telling sentence(String source, String target, List<String> keys) {
        if (source == null || target == null) {
            throw new TaskException("[translate] %s needs both languages%s"
                    .formatted(model.folder(), keys.isEmpty() ? ", such as en and de" : "; its files know " + keys));
        }
        String sentence = "translate %s to %s: ".formatted(name(source), name(target));
        return new Telling(null, sentence, UnaryOperator.identity(), Map.of());
    }

    private static String name(String code) {
        String name = Locale.forLanguageTag(code.replace('_', '-')).getDisplayLanguage(Locale.ENGLISH);
        if (name.isEmpty() || name.equals(code)) {
            throw new TaskException(
                    "[translate] '%s' is no language that is known by such a code; expected one such as en or de"
                            .formatted(code));
        }
        return name;
    }

    private List<String> keys() {
        var keys = new ArrayList<String>();
        for (var p : model.config().path("task_specific_params").properties()) {
            if (p.getKey().startsWith("translation_")) {
                keys.add(p.getKey());
            }
        }
        return keys;
    }

    private String prefix(String key) {
        JsonNode said = rewriter.specific(key).path("prefix");
        return said.asString("");
    }

    /// How languages are spelt: `de_DE` by mBART, `deu_Latn` by NLLB, `__de__` by M2M-100.
    private static final Pattern LANGUAGE =
            Pattern.compile("[a-z]{2,3}_[A-Z]{2}|[a-z]{3}_[A-Z][a-z]{3}|__[a-z]{2,3}__");

    /// The token of a language: `de_DE`, `__de__`, or the only one that begins with `de_`.
    private static int language(Tokenizer tokenizer, String name, String role) {
        var known = new ArrayList<String>();
        for (int id = 0; id < tokenizer.vocabSize(); id++) {
            String token = spelt(tokenizer, id);
            if (LANGUAGE.matcher(token).matches()) {
                known.add(token);
            }
        }
        List<String> found = name == null
                ? List.of()
                : known.stream()
                        .filter(t -> t.equals(name) || t.startsWith(name + "_") || t.equals("__" + name + "__"))
                        .toList();
        OptionalInt id = found.size() == 1 ? tokenizer.idOf(found.getFirst()) : OptionalInt.empty();
        return id.orElseThrow(() -> new TaskException("[translate] the %s language is %s; expected one of %s"
                .formatted(role, name == null ? "not given" : "'" + name + "'", String.join(", ", known))));
    }

    private static String spelt(Tokenizer tokenizer, int id) {
        try {
            return tokenizer.tokenOf(id);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /// The token of the language that the tokenizer's files name, replaced by that of `from`.
    private static int[] replaced(int[] ids, Tokenizer tokenizer, int from) {
        int[] changed = ids.clone();
        for (int i = 0; i < ids.length; i++) {
            // Behind the text in the first mBART, before it in the others.
            boolean edge = i == 0 || i == ids.length - 1;
            if (edge && LANGUAGE.matcher(spelt(tokenizer, ids[i])).matches()) {
                changed[i] = from;
            }
        }
        return changed;
    }
}
