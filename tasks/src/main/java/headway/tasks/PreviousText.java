package headway.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// What stands before the text of a window: what was said in the windows before it, and the user's prompt. [Radford et
/// al. 2022](https://arxiv.org/abs/2212.04356), section 4.5, as Hugging Face has it.
///
///     <|startofprev|> … the last tokens said <|startoftranscript|> …
///
/// After a window that was written at a temperature of 0.5 or more, nothing is shown: it may be made up.
final class PreviousText {
    private final boolean conditions;
    private final int[] prompt;
    private final boolean promptAlways;
    private final int startOfPrevious;
    private final WhisperTokens tokens;
    private final int most;
    private final List<Integer> said = new ArrayList<>();
    private boolean shows;

    private PreviousText(
            boolean conditions,
            int[] prompt,
            boolean promptAlways,
            int startOfPrevious,
            WhisperTokens tokens,
            int most) {
        this.conditions = conditions;
        this.prompt = prompt;
        this.promptAlways = promptAlways;
        this.startOfPrevious = startOfPrevious;
        this.tokens = tokens;
        this.most = most;
        this.shows = conditions;
    }

    /// @param limit tokens of a text in all: half of them may come from before
    static PreviousText of(Settings settings, WhisperTokens tokens, int limit) {
        JsonNode on = settings.value("condition_on_prev_tokens");
        if (!on.isMissingNode() && !on.isBoolean()) {
            throw new TaskException(
                    "[transcribe] condition_on_prev_tokens is %s; expected true or false".formatted(on));
        }
        boolean conditions = on.isBoolean() && on.booleanValue();
        String type = settings.value("prompt_condition_type").asString("first-segment");
        if (!List.of("first-segment", "all-segments").contains(type)) {
            throw new TaskException(
                    "[transcribe] prompt_condition_type is %s; expected first-segment or all-segments".formatted(type));
        }
        if (type.equals("all-segments") && !conditions) {
            throw new TaskException(
                    "[transcribe] prompt_condition_type=all-segments needs condition_on_prev_tokens=true");
        }
        JsonNode ids = settings.value("prompt_ids");
        int[] prompt = ids.isMissingNode()
                ? null
                : ids.values().stream().mapToInt(JsonNode::intValue).toArray();
        if (prompt != null && prompt.length >= limit / 2) {
            throw new TaskException("[transcribe] the prompt has %d tokens; expected less than %d, half of the model's"
                    .formatted(prompt.length, limit / 2));
        }
        JsonNode named = settings.value("prev_sot_token_id");
        JsonNode suppressed = settings.value("suppress_tokens");
        // The first checkpoints do not name the token, but suppress it as the last but one.
        int start = named.isInt()
                ? named.intValue()
                : suppressed.size() >= 2 ? suppressed.get(suppressed.size() - 2).intValue() : -1;
        boolean always = type.equals("all-segments");
        var previous = new PreviousText(conditions, prompt, always, start, tokens, limit / 2 - 1);
        if (prompt != null && !always) {
            // The start token is said once where the file names it, and twice where it is only known.
            int from = named.isInt() && prompt.length > 0 && prompt[0] == start ? 1 : 0;
            previous.say(IntStream.range(from, prompt.length)
                    .mapToObj(i -> prompt[i])
                    .toList());
        }
        return previous;
    }

    /// The tokens that the next window's text begins with, the last of them `start`.
    int[] before(int[] start) {
        var all = new ArrayList<Integer>();
        if (shows && !said.isEmpty()) {
            if (promptAlways && prompt != null) {
                IntStream.of(prompt).forEach(all::add);
            } else if (startOfPrevious >= 0) {
                all.add(startOfPrevious);
            }
            all.addAll(said.subList(Math.max(0, said.size() - most), said.size()));
        } else if (prompt != null) {
            IntStream.of(prompt).forEach(all::add);
        }
        IntStream.of(start).forEach(all::add);
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Takes what was said in a window.
    ///
    /// @param temperature that it was written at; null for none
    void add(List<Transcribe.Segment> segments, Double temperature) {
        segments.forEach(segment -> say(segment.tokens()));
        shows = conditions && (temperature == null || temperature < 0.5);
    }

    /// Of two times at the end of a segment the second says that it is whole, and is left out.
    private void say(List<Integer> ids) {
        int n = ids.size();
        said.addAll(n > 2 && tokens.isTime(ids.get(n - 2)) ? ids.subList(0, n - 1) : ids);
    }
}
