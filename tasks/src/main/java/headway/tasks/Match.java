package headway.tasks;

import headway.io.image.ImageProcessor;
import headway.io.image.Picture;
import headway.io.tokenizer.Encoding;
import headway.models.Inputs;
import headway.nn.Trace;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Which of several descriptions fits a picture, none of which the model was trained for, as Hugging Face's
/// `zero-shot-image-classification`: `softmax(scale · cos(picture, text))` over the descriptions.
/// [Radford et al. 2021](https://arxiv.org/abs/2103.00020).
public final class Match {
    private final LoadedModel model;
    private final ImageProcessor processor;
    private final TextReader reader;

    /// @param template the sentence that a description is put into, at `{}`
    public record Options(String template) {
        /// `This is a photo of …`.
        public static final Options DEFAULTS = new Options("This is a photo of {}.");

        public Options {
            if (!template.contains("{}")) {
                throw new TaskException("[match] template '%s' has no {} for the description".formatted(template));
            }
        }
    }

    /// @throws TaskException when the checkpoint does not hold pictures against texts
    public Match(LoadedModel model) {
        Task.MATCH.require(model);
        this.model = model;
        this.processor = ImageProcessor.of(model.folder());
        this.reader = TextReader.of(Task.MATCH, model);
    }

    /// `descriptions` with how well they fit `picture`, the best first.
    public List<Classify.Label> match(Picture picture, List<String> descriptions) {
        return matchAll(List.of(picture), descriptions, Options.DEFAULTS).getFirst();
    }

    /// The same for each of `pictures`.
    public List<List<Classify.Label>> matchAll(List<Picture> pictures, List<String> descriptions, Options options) {
        if (descriptions.isEmpty()) {
            throw new TaskException("[match] no description; give at least one, better several");
        }
        List<TextPair> sentences = descriptions.stream()
                .map(d -> TextPair.of(options.template.replace("{}", d)))
                .toList();
        List<Encoding> texts = reader.read(sentences, TooLong.REFUSE);
        // What the descriptions become does not depend on pictures: the first batch computes it for all.
        Tensor embeds = null;
        var all = new ArrayList<List<Classify.Label>>();
        for (int from = 0; from < pictures.size(); from += PictureBatch.PICTURES) {
            List<Picture> batch = pictures.subList(from, Math.min(pictures.size(), from + PictureBatch.PICTURES));
            Tensor known = embeds;
            Map<String, Tensor> outputs = model.run(() -> outputs(batch, texts, known));
            embeds = outputs.get("text_embeds");
            all.addAll(matched(outputs.get("logits_per_image"), batch.size(), descriptions));
        }
        return all;
    }

    /// @param known `text_embeds` of the descriptions; null where they are not computed yet
    private Map<String, Tensor> outputs(List<Picture> batch, List<Encoding> texts, Tensor known) {
        Inputs words = known == null
                ? TextBatch.inputs(texts, reader.padId(), model.model().arguments())
                : new Inputs(Map.of("text_embeds", known), null);
        Inputs inputs = words.with("pixel_values", PictureBatch.of(processor, batch));
        var trace = Trace.outputs();
        trace.record(() -> model.model().forward(inputs));
        return trace.values();
    }

    private static List<List<Classify.Label>> matched(Tensor logits, int pictures, List<String> descriptions) {
        var all = new ArrayList<List<Classify.Label>>();
        for (int b = 0; b < pictures; b++) {
            double[] scores = Probabilities.softmax(EncoderPass.row(logits, b));
            var labels = new ArrayList<Classify.Label>();
            for (int i = 0; i < scores.length; i++) {
                labels.add(new Classify.Label(descriptions.get(i), scores[i]));
            }
            labels.sort(Comparator.comparingDouble(Classify.Label::score).reversed());
            all.add(List.copyOf(labels));
        }
        return all;
    }
}
