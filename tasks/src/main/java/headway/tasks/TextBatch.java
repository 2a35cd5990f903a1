package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.kernels.DType;
import headway.models.EncoderModel;
import headway.models.Inputs;
import headway.models.Model;
import headway.tensor.Segments;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tokens of several texts as the arguments of a pass: one behind the other in one row where the model reads
/// them so, else a row a text, shorter ones filled up behind with padding.
///
/// @param pitch rows from one text's first token to the next one's where each has a row of the batch
record TextBatch(List<Encoding> texts, Inputs inputs, int pitch) {
    /// Whether `model` reads texts that lie one behind the other.
    static boolean packs(Model model) {
        return model instanceof EncoderModel m && m.encoder().readsSegments();
    }

    static TextBatch of(List<Encoding> texts, int padId, Model model) {
        if (packs(model)) {
            return new TextBatch(texts, row(texts, model.arguments()), 0);
        }
        return new TextBatch(texts, inputs(texts, padId, model.arguments()), longest(texts));
    }

    /// Number of the row of text `b`'s first token among the tokens of the batch.
    int first(int b) {
        return inputs.segments() == null ? b * pitch : inputs.segments().start(b);
    }

    /// The values of text `b` in `t`: one row a text, or one a token, then without those of padding.
    float[] of(Tensor t, int b) {
        Segments segments = inputs.segments();
        int n = texts.get(b).length();
        if (segments != null && t.shape().size(0) == 1 && t.shape().size(1) == segments.rows()) {
            int width = Math.toIntExact(t.count() / segments.rows());
            return EncoderPass.values(t, (long) segments.start(b) * width, n * width);
        }
        int width = Math.toIntExact(t.count() / texts.size());
        boolean tokens = segments == null && t.shape().rank() == 3;
        return EncoderPass.values(t, (long) b * width, tokens ? width / pitch * n : width);
    }

    private static int longest(List<Encoding> texts) {
        return texts.stream().mapToInt(Encoding::length).max().orElseThrow();
    }

    private static Inputs row(List<Encoding> texts, Set<String> known) {
        var segments =
                Segments.ofLengths(texts.stream().mapToInt(Encoding::length).toArray());
        Shape shape = Shape.of("batch", 1, "seq", segments.rows());
        int[] ids = new int[segments.rows()];
        int[] types = new int[segments.rows()];
        for (int b = 0; b < texts.size(); b++) {
            System.arraycopy(texts.get(b).ids(), 0, ids, segments.start(b), segments.length(b));
            System.arraycopy(texts.get(b).typeIds(), 0, types, segments.start(b), segments.length(b));
        }
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("input_ids", filled(shape, ids));
        if (known.contains("token_type_ids")) {
            values.put("token_type_ids", filled(shape, types));
        }
        return new Inputs(values, null, segments);
    }

    /// A row a text, with the arguments that the model knows, in the current workspace. Without padding there is no
    /// mask: attention is faster.
    ///
    /// @param known arguments of the model
    static Inputs inputs(List<Encoding> texts, int padId, Set<String> known) {
        int B = texts.size();
        int T = longest(texts);
        Shape shape = Shape.of("batch", B, "seq", T);
        int[] ids = new int[B * T];
        int[] mask = new int[B * T];
        int[] types = new int[B * T];
        boolean padded = false;
        for (int b = 0; b < B; b++) {
            Encoding text = texts.get(b);
            int n = text.length();
            padded |= n < T;
            System.arraycopy(text.ids(), 0, ids, b * T, n);
            System.arraycopy(text.typeIds(), 0, types, b * T, n);
            Arrays.fill(ids, b * T + n, (b + 1) * T, padId);
            Arrays.fill(mask, b * T, b * T + n, 1);
        }
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("input_ids", filled(shape, ids));
        if (padded) {
            values.put("attention_mask", filled(shape, mask));
        }
        if (known.contains("token_type_ids")) {
            values.put("token_type_ids", filled(shape, types));
        }
        return new Inputs(values, null);
    }

    private static Tensor filled(Shape shape, int[] values) {
        Tensor t = Tensor.allocate(shape, DType.I32);
        MemorySegment.copy(values, 0, t.memory().segment(), ValueLayout.JAVA_INT, 0, values.length);
        return t;
    }
}
