package headway.models;

import headway.kernels.DType;
import headway.nn.Layer;
import headway.nn.Trace;
import headway.nn.loss.LabelLoss;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.LogSoftmaxOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SumOp;
import java.util.Set;

/// What stands on an encoder: a task with its outputs, labels and loss, the same for every family.
public sealed interface EncoderHead extends Layer {
    /// Arguments of `forward` beside those of the encoder.
    default Set<String> labels() {
        return Set.of("labels");
    }

    /// Records the outputs for `hidden` `(batch, seq, hidden)`; the loss, or null without labels.
    Tensor forward(Tensor hidden, Inputs inputs);

    /// The stack alone.
    ///
    /// @param pooler null where there is none
    record Bare(Projection pooler) implements EncoderHead {
        @Override
        public Set<String> labels() {
            return Set.of();
        }

        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            if (pooler != null) {
                Trace.put("pooler_output", pooler.forward(hidden, inputs));
            }
            return null;
        }
    }

    /// A class of the vocabulary for each token: masked language models.
    record MaskedLm(Projection predictions) implements EncoderHead {
        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            return classes(predictions.forward(hidden, inputs), "logits", "labels", inputs);
        }
    }

    /// A class for each token.
    record TokenClassification(Projection classifier) implements EncoderHead {
        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            return classes(classifier.forward(hidden, inputs), "logits", "labels", inputs);
        }
    }

    /// BERT's and ALBERT's pre-training: masked tokens, and whether the second text follows the first.
    ///
    /// @param output name of the second output, and label that of its labels
    record PreTraining(Projection predictions, Projection nextSentence, String output, String label)
            implements EncoderHead {
        @Override
        public Set<String> labels() {
            return Set.of("labels", label);
        }

        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            Tensor tokens = predictions.forward(hidden, inputs);
            Tensor next = nextSentence.forward(hidden, inputs);
            Trace.put("prediction_logits", tokens);
            Trace.put(output, next);
            int B = hidden.shape().size(0);
            Tensor labels =
                    inputs.integers("labels", "batch", B, "seq", hidden.shape().size(1));
            Tensor follows = whole(inputs, label, B);
            if (labels == null || follows == null) {
                return null;
            }
            return loss(new AddOp(LabelLoss.mean(tokens, labels), LabelLoss.mean(next, follows)).run());
        }
    }

    /// A class (or a number, or several labels) for each text.
    ///
    /// @param problemType `regression`, `single_label_classification`, `multi_label_classification`; null
    ///     to be told from the labels, as Hugging Face does
    record SequenceClassification(Projection classifier, String problemType) implements EncoderHead {
        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            Tensor logits = classifier.forward(hidden, inputs);
            Trace.put("logits", logits);
            return inputs.has("labels") ? loss(of(logits, inputs)) : null;
        }

        private Tensor of(Tensor logits, Inputs inputs) {
            int B = logits.shape().size(0);
            int n = logits.shape().size(1);
            boolean several = inputs.isFloat("labels");
            String guessed = several ? "multi_label_classification" : "single_label_classification";
            String problem = problemType != null ? problemType : n == 1 ? "regression" : guessed;
            return switch (problem) {
                case "single_label_classification" -> LabelLoss.mean(logits, whole(inputs, "labels", B));
                case "regression" -> LabelLoss.squared(logits, numbers(inputs, B, n));
                case "multi_label_classification" -> LabelLoss.binary(logits, numbers(inputs, B, n));
                default ->
                    throw new ShapeException(
                            "[model] problem_type '%s' is not known; expected regression, single_label_classification or multi_label_classification"
                                    .formatted(problem));
            };
        }

        private static Tensor numbers(Inputs inputs, int B, int n) {
            return inputs.rank("labels") == 1
                    ? inputs.numbers("labels", "batch", B * n)
                    : inputs.numbers("labels", "batch", B, "labels", n);
        }
    }

    /// The same where shares of all classes may be given for a text: DeBERTa's, where no problem type is set.
    ///
    ///     loss = -mean_b Σ_c labels[b,c] · log softmax(logits[b])[c]
    record SharedClassification(Projection classifier, String problemType) implements EncoderHead {
        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            boolean shares = problemType == null && inputs.has("labels") && inputs.rank("labels") > 1;
            Tensor logits = shares ? classifier.forward(hidden, inputs) : null;
            if (!shares || logits.shape().size(1) == 1) {
                return new SequenceClassification(classifier, problemType).forward(hidden, inputs);
            }
            Trace.put("logits", logits);
            int B = logits.shape().size(0);
            Tensor labels = inputs.numbers(
                    "labels", "batch", B, "classes", logits.shape().size(1));
            Tensor weighed = new MultiplyOp(new LogSoftmaxOp(logits).run(), labels).run();
            return loss(new SumOp(weighed, -1.0 / B).run());
        }
    }

    /// Whether the second text follows the first.
    record NextSentence(Projection classifier) implements EncoderHead {
        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            Tensor logits = classifier.forward(hidden, inputs);
            Trace.put("logits", logits);
            Tensor labels = whole(inputs, "labels", hidden.shape().size(0));
            return labels == null ? null : loss(LabelLoss.mean(logits, labels));
        }
    }

    /// Which of several continuations is the right one; inputs have the axis of choices after the batch.
    record MultipleChoice(Projection classifier) implements EncoderHead {
        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            Tensor scores = classifier.forward(hidden, inputs.withoutChoices());
            int choices = inputs.choices();
            int B = scores.shape().size(0) / choices;
            Tensor logits = scores.view(Shape.of("batch", B, "choices", choices));
            Trace.put("logits", logits);
            Tensor labels = whole(inputs, "labels", B);
            return labels == null ? null : loss(LabelLoss.mean(logits, labels));
        }
    }

    /// First and last token of the answer.
    record QuestionAnswering(Projection outputs) implements EncoderHead {
        @Override
        public Set<String> labels() {
            return Set.of("start_positions", "end_positions");
        }

        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            Tensor both = outputs.forward(hidden, inputs);
            Tensor start = column(both, 0);
            Tensor end = column(both, 1);
            Trace.put("start_logits", start);
            Trace.put("end_logits", end);
            int B = hidden.shape().size(0);
            Tensor first = whole(inputs, "start_positions", B);
            Tensor last = whole(inputs, "end_positions", B);
            if (first == null || last == null) {
                return null;
            }
            Tensor sum = new AddOp(of(start, first), of(end, last)).run();
            return loss(new ScaleOp(sum, 0.5).run());
        }

        private static Tensor column(Tensor both, int i) {
            Tensor one = new ContiguousOp(both.narrow(both.shape().last().name(), i, 1)).run();
            return one.view(
                    Shape.of("batch", both.shape().size(0), "seq", both.shape().size(1)));
        }

        /// Places beyond the text do not count.
        private static Tensor of(Tensor logits, Tensor places) {
            int T = logits.shape().size(1);
            for (long i = 0; i < places.count(); i++) {
                places.memory().set(i, Math.clamp((long) places.memory().get(i), 0, T));
            }
            return LabelLoss.mean(logits, places, T);
        }
    }

    /// A class by the mean of two classifiers, one of which learned from a teacher.
    /// [Touvron et al. 2020](https://arxiv.org/abs/2012.12877), section 3.
    record Distilled(Projection classifier, Projection distilled) implements EncoderHead {
        @Override
        public Set<String> labels() {
            return Set.of();
        }

        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            Tensor own = classifier.forward(hidden, inputs);
            Tensor taught = distilled.forward(hidden, inputs);
            Trace.put("cls_logits", own);
            Trace.put("distillation_logits", taught);
            Trace.put("logits", new ScaleOp(new AddOp(own, taught).run(), 0.5).run());
            return null;
        }
    }

    /// Whether each token is the original one. [Clark et al. 2020](https://arxiv.org/abs/2003.10555).
    record Discrimination(Projection prediction) implements EncoderHead {
        @Override
        public Tensor forward(Tensor hidden, Inputs inputs) {
            int B = hidden.shape().size(0);
            int T = hidden.shape().size(1);
            Tensor logits = prediction.forward(hidden, inputs).view(Shape.of("batch", B, "seq", T));
            Trace.put("logits", logits);
            Tensor labels = inputs.numbers("labels", "batch", B, "seq", T);
            if (labels == null) {
                return null;
            }
            Tensor mask = inputs.padding("attention_mask", B, T);
            return loss(
                    mask == null
                            ? LabelLoss.binary(logits, labels)
                            : LabelLoss.binary(
                                    logits,
                                    labels,
                                    Tensor.allocate(mask.shape(), DType.F32).assign(mask)));
        }
    }

    private static Tensor classes(Tensor logits, String name, String labels, Inputs inputs) {
        Trace.put(name, logits);
        Tensor wanted = inputs.integers(
                labels, "batch", logits.shape().size(0), "seq", logits.shape().size(1));
        return wanted == null ? null : loss(LabelLoss.mean(logits, wanted));
    }

    /// One label a text, as `(batch)` or `(batch, 1)`.
    private static Tensor whole(Inputs inputs, String name, int B) {
        if (!inputs.has(name) || inputs.rank(name) == 1) {
            return inputs.integers(name, "batch", B);
        }
        return inputs.integers(name, "batch", B, "one", 1).view(Shape.of("batch", B));
    }

    private static Tensor loss(Tensor loss) {
        Trace.put("loss", loss);
        return loss;
    }
}
