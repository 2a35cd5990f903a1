package headway.tasks;

import headway.io.image.ImageProcessor;
import headway.io.image.Picture;
import headway.models.Inputs;
import headway.nn.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a picture shows, as Hugging Face's `image-classification`.
/// [Dosovitskiy et al. 2020](https://arxiv.org/abs/2010.11929) for the models of this kind.
public final class ClassifyImage {
    private final LoadedModel model;
    private final ImageProcessor processor;
    private final ClassNames names;

    /// @param topK classes to return, the best first; 0 for all
    /// @param scoring what becomes of logits
    public record Options(int topK, Scoring scoring) {
        /// The five best classes.
        public static final Options DEFAULTS = new Options(5, Scoring.AUTOMATIC);

        /// The same with the `count` best classes; 0 for all.
        public Options withTopK(int count) {
            return new Options(count, scoring);
        }
    }

    /// @throws TaskException when the checkpoint has no head for it
    public ClassifyImage(LoadedModel model) {
        Task.CLASSIFY_IMAGE.require(model);
        this.model = model;
        this.processor = ImageProcessor.of(model.folder());
        this.names = new ClassNames(model.config());
    }

    /// The five best classes of `picture`, the best first.
    public List<Classify.Label> classify(Picture picture) {
        return classifyAll(List.of(picture), Options.DEFAULTS).getFirst();
    }

    /// Classes of each of `pictures`, the best first.
    public List<List<Classify.Label>> classifyAll(List<Picture> pictures, Options options) {
        var all = new ArrayList<List<Classify.Label>>();
        for (int from = 0; from < pictures.size(); from += PictureBatch.PICTURES) {
            int to = Math.min(pictures.size(), from + PictureBatch.PICTURES);
            List<Picture> batch = pictures.subList(from, to);
            all.addAll(model.run(() -> labels(batch, options)));
        }
        return all;
    }

    private List<List<Classify.Label>> labels(List<Picture> batch, Options options) {
        var trace = Trace.outputs();
        var inputs = new Inputs(Map.of("pixel_values", PictureBatch.of(processor, batch)), null);
        trace.record(() -> model.model().forward(inputs));
        var all = new ArrayList<List<Classify.Label>>();
        for (int b = 0; b < batch.size(); b++) {
            double[] scores =
                    options.scoring.apply(EncoderPass.row(trace.values().get("logits"), b), model.config());
            var best = new ArrayList<Classify.Label>();
            for (int i : Probabilities.largest(scores, options.topK == 0 ? scores.length : options.topK)) {
                best.add(new Classify.Label(names.of(i), scores[i]));
            }
            all.add(List.copyOf(best));
        }
        return all;
    }
}
