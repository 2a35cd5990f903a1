package headway.tasks;

import headway.models.CausalModel;
import headway.models.EncoderDecoder;
import headway.models.EncoderHead;
import headway.models.EncoderModel;
import headway.models.Model;
import headway.models.SeeingDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// What a checkpoint can be asked for, which its head decides.
public enum Task {
    FILL_MASK("fill-mask", "…ForMaskedLM", m -> head(m, EncoderHead.MaskedLm.class, EncoderHead.PreTraining.class)),
    CLASSIFY(
            "classify",
            "…ForSequenceClassification",
            m -> reads(m) && head(m, EncoderHead.SequenceClassification.class)),
    RERANK("rerank", "…ForSequenceClassification", m -> reads(m) && head(m, EncoderHead.SequenceClassification.class)),
    TAG("tag", "…ForTokenClassification", m -> head(m, EncoderHead.TokenClassification.class)),
    ANSWER("answer", "…ForQuestionAnswering", m -> head(m, EncoderHead.QuestionAnswering.class)),
    EMBED(
            "embed",
            "encoder or decoder of texts",
            m -> reads(m) && m instanceof EncoderModel || m instanceof CausalModel),
    SCORE("score", "…ForCausalLM", m -> m instanceof CausalModel),
    COMPLETE("generate", "…ForCausalLM", m -> m instanceof CausalModel),
    CHAT("chat", "…ForCausalLM with a chat template", m -> m instanceof CausalModel),
    TRANSLATE("translate", "…ForConditionalGeneration", Task::rewrites),
    SUMMARIZE("summarize", "…ForConditionalGeneration", Task::rewrites),
    TRANSCRIBE(
            "transcribe",
            "WhisperForConditionalGeneration",
            m -> m instanceof EncoderDecoder e && e.hasHead() && hears(e)),
    CAPTION(
            "caption",
            "VisionEncoderDecoderModel, LLaVA or Qwen2-VL",
            m -> m instanceof SeeingDecoder
                    || m instanceof EncoderDecoder e
                            && e.hasHead()
                            && e.encoderArguments().contains("pixel_values")),
    CLASSIFY_IMAGE(
            "classify-image",
            "…ForImageClassification",
            m -> sees(m) && head(m, EncoderHead.SequenceClassification.class, EncoderHead.Distilled.class)),
    MATCH(
            "match",
            "CLIPModel",
            m -> m.arguments().containsAll(List.of("pixel_values", "input_ids"))
                    && !(m instanceof EncoderDecoder)
                    && !(m instanceof SeeingDecoder));

    private final String command;
    private final String needs;
    private final Predicate<Model> fits;

    Task(String command, String needs, Predicate<Model> fits) {
        this.command = command;
        this.needs = needs;
        this.fits = fits;
    }

    /// The command that does it.
    public String command() {
        return command;
    }

    /// Those that `model` can do.
    public static List<Task> of(Model model) {
        return Arrays.stream(values()).filter(t -> t.fits.test(model)).toList();
    }

    /// @throws TaskException unless `model` can do this; the text says what it can
    void require(LoadedModel model) {
        if (fits.test(model.model())) {
            return;
        }
        List<String> others = of(model.model()).stream().map(Task::command).toList();
        throw new TaskException("[%s] %s: its head is %s, but this task needs %s; this checkpoint can: %s"
                .formatted(
                        command,
                        model.folder(),
                        model.head(),
                        needs,
                        others.isEmpty()
                                ? "none of the tasks here (headway trace shows its values)"
                                : String.join(", ", others)));
    }

    private static boolean head(Model model, Class<?>... kinds) {
        return model instanceof EncoderModel e && Arrays.stream(kinds).anyMatch(k -> k.isInstance(e.head()));
    }

    private static boolean reads(Model model) {
        return model.arguments().contains("input_ids");
    }

    private static boolean sees(Model model) {
        return model.arguments().contains("pixel_values");
    }

    private static boolean hears(EncoderDecoder model) {
        return model.encoderArguments().contains("input_features");
    }

    private static boolean rewrites(Model model) {
        return model instanceof EncoderDecoder e
                && e.hasHead()
                && e.encoderArguments().contains("input_ids");
    }
}
