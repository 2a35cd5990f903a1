package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.kernels.DType;
import headway.models.Inputs;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tokens of several texts as the arguments of a pass, shorter ones filled up behind with padding.
final class TextBatch {
    private TextBatch() {}

    /// Arguments that the model knows, in the current workspace. Without padding there is no mask:
    /// attention is faster.
    ///
    /// @param known arguments of the model
    static Inputs inputs(List<Encoding> texts, int padId, Set<String> known) {
        int B = texts.size();
        int T = texts.stream().mapToInt(Encoding::length).max().orElseThrow();
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
            java.util.Arrays.fill(ids, b * T + n, (b + 1) * T, padId);
            java.util.Arrays.fill(mask, b * T, b * T + n, 1);
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
        java.lang.foreign.MemorySegment.copy(
                values, 0, t.memory().segment(), java.lang.foreign.ValueLayout.JAVA_INT, 0, values.length);
        return t;
    }
}
