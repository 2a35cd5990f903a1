package headway.cli;

import headway.generate.Generation;
import headway.generate.Prompt;
import headway.io.ConfigException;
import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.models.EncoderDecoder;
import headway.models.Inputs;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an encoder-decoder reads, and what its text begins with.
///
/// @param prompts the tokens of each input without padding; empty where inputs are no tokens
record ConditionalInput(Inputs inputs, List<int[]> prompts, List<Prompt> starts) {
    /// Inputs of token ids, shorter ones filled up behind with padding.
    ///
    /// @param starts what each text begins with; one for all, or one each; empty for the start token alone
    static ConditionalInput of(
            Arena arena,
            List<Prompt> prompts,
            EncoderDecoder model,
            Generation generation,
            int start,
            List<int[]> starts) {
        int B = prompts.size();
        int T = prompts.stream().mapToInt(p -> p.ids().length).max().orElse(0);
        int pad = generation.padTokenId() == null ? model.padTokenId() : generation.padTokenId();
        Tensor ids = Tensor.owned(arena, Shape.of("batch", B, "seq", T), DType.I32);
        Tensor mask = Tensor.owned(arena, Shape.of("batch", B, "seq", T), DType.I32);
        for (int b = 0; b < B; b++) {
            Prompt prompt = prompts.get(b);
            for (int t = 0; t < T; t++) {
                boolean there = t < prompt.ids().length;
                boolean counts = there && (prompt.mask() == null || prompt.mask()[t] != 0);
                ids.memory().set((long) b * T + t, there ? prompt.ids()[t] : pad);
                mask.memory().set((long) b * T + t, counts ? 1 : 0);
            }
        }
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("input_ids", ids);
        values.put("attention_mask", mask);
        List<int[]> kept = prompts.stream().map(ConditionalInput::counting).toList();
        return new ConditionalInput(new Inputs(values, null), kept, starts(B, start, starts));
    }

    /// Inputs from a file, features and all; labels have no say in what is generated.
    static ConditionalInput of(Map<String, StoredTensor> stored, EncoderDecoder model, int start, List<int[]> given) {
        var values = new LinkedHashMap<>(stored);
        values.remove("labels");
        List<int[]> starts = new ArrayList<>(given);
        StoredTensor begins = values.remove("decoder_input_ids");
        values.remove("decoder_attention_mask");
        if (begins != null && starts.isEmpty()) {
            starts.addAll(rows(begins));
        }
        Inputs inputs = Inputs.of(values);
        inputs.requireOnly(model.encoderArguments());
        List<int[]> prompts = new ArrayList<>();
        int B = Math.toIntExact(values.values().iterator().next().shape()[0]);
        if (values.containsKey("input_ids")) {
            prompts = rows(values.get("input_ids"));
            List<int[]> mask = values.containsKey("attention_mask") ? rows(values.get("attention_mask")) : null;
            // As in Hugging Face, an encoder's input without a mask has no padding, whatever its ids.
            for (int b = 0; mask != null && b < B; b++) {
                prompts.set(b, counting(new Prompt(prompts.get(b), bytes(mask.get(b)))));
            }
        }
        return new ConditionalInput(inputs, prompts, starts(B, start, starts));
    }

    private static byte[] bytes(int[] mask) {
        byte[] bytes = new byte[mask.length];
        for (int i = 0; i < mask.length; i++) {
            bytes[i] = (byte) (mask[i] == 0 ? 0 : 1);
        }
        return bytes;
    }

    private static int[] counting(Prompt prompt) {
        return java.util.stream.IntStream.range(0, prompt.ids().length)
                .filter(i -> prompt.mask() == null || prompt.mask()[i] != 0)
                .map(i -> prompt.ids()[i])
                .toArray();
    }

    /// As in Hugging Face, the start token comes first also where other tokens are given.
    private static List<Prompt> starts(int B, int start, List<int[]> given) {
        if (given.size() > 1 && given.size() != B) {
            throw new ConfigException("[generate] %d --decoder-ids for %d inputs".formatted(given.size(), B));
        }
        var starts = new ArrayList<Prompt>();
        for (int b = 0; b < B; b++) {
            int[] ids = given.isEmpty() ? new int[] {start} : given.get(given.size() == 1 ? 0 : b);
            if (ids[0] != start) {
                int[] more = new int[ids.length + 1];
                more[0] = start;
                System.arraycopy(ids, 0, more, 1, ids.length);
                ids = more;
            }
            starts.add(Prompt.of(ids));
        }
        return starts;
    }

    private static List<int[]> rows(StoredTensor t) {
        long[] shape = t.shape();
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1 || t.dtype().isFloat()) {
            throw new ConfigException("[generate] %s is %s %s; expected integers (batch, seq), neither of them 0"
                    .formatted(t.name(), t.dtype(), Arrays.toString(shape)));
        }
        Span values = new Span(t.data(), t.dtype());
        var rows = new ArrayList<int[]>();
        for (int b = 0; b < shape[0]; b++) {
            int[] row = new int[Math.toIntExact(shape[1])];
            for (int i = 0; i < row.length; i++) {
                row[i] = (int) values.get(b * shape[1] + i);
            }
            rows.add(row);
        }
        return rows;
    }
}
