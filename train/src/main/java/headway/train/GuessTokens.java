package headway.train;

import headway.io.tokenizer.Tokenizer;
import headway.kernels.DType;
import headway.kernels.random.Philox;
import headway.models.Inputs;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// Masked language modelling, [Devlin et al. 2018](https://arxiv.org/abs/1810.04805), section 3.1: of each piece of
/// text
/// 15 % of the tokens are to be guessed; 80 % of those are replaced by the mask, 10 % by any token, 10 % stay. Drawn
/// anew
/// for each step, as [Liu et al. 2019](https://arxiv.org/abs/1907.11692) do; held-out pieces are masked the same each
/// time.
final class GuessTokens implements Batches {
    private static final double CHOSEN = 0.15;

    private final TextBatches text;
    private final Tokenizer tokenizer;
    private final int[] before;
    private final int[] behind;
    private final long seed;
    private final int perStep;

    /// @param text pieces without special tokens
    /// @param ends what stands around a piece
    GuessTokens(TextBatches text, Tokenizer tokenizer, SpecialEnds ends, long seed, int perStep) {
        this.text = text;
        this.tokenizer = tokenizer;
        this.before = ends.before();
        this.behind = ends.behind();
        this.seed = seed;
        this.perStep = perStep;
        if (tokenizer.maskId().isEmpty()) {
            throw Run.refused("the tokenizer names no mask token, which guessing tokens needs");
        }
    }

    @Override
    public Batch at(int step, int micro) {
        return masked(text.at(step, micro), (long) step * perStep + micro + 1);
    }

    @Override
    public Batch heldOut(int index) {
        Batch.Text piece = text.heldOut(index);
        return piece == null ? null : masked(piece, -1 - index);
    }

    private Batch masked(Batch.Text piece, long draw) {
        int B = piece.ids().shape().size(0);
        int inner = piece.ids().shape().size(1);
        int T = before.length + inner + behind.length;
        Tensor ids = Tensor.allocate(Shape.of("batch", B, "seq", T), DType.I32);
        Tensor labels = Tensor.allocate(ids.shape(), DType.I32);
        long key = seed * 0x9E3779B97F4A7C15L + draw;
        long n = 0;
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                long at = (long) b * T + t;
                int place = t - before.length;
                int id = place < 0
                        ? before[t]
                        : place < inner
                                ? (int) piece.ids().memory().get((long) b * inner + place)
                                : behind[place - inner];
                boolean chosen = place >= 0 && place < inner && Philox.uniform(key, 3 * at) < CHOSEN;
                labels.memory().set(at, chosen ? id : NextTokenLoss.IGNORE);
                ids.memory().set(at, chosen ? replaced(id, key, 3 * at + 1) : id);
                n += chosen ? 1 : 0;
            }
        }
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("input_ids", ids);
        values.put("labels", labels);
        return new Batch.Arguments(new Inputs(values, null), n, ids.count());
    }

    private int replaced(int id, long key, long draw) {
        float u = Philox.uniform(key, draw);
        if (u < 0.8f) {
            return tokenizer.maskId().getAsInt();
        }
        return u < 0.9f ? Math.floorMod(Philox.bits(key, draw + 1), tokenizer.vocabSize()) : id;
    }

    @Override
    public long right(Batch.Arguments batch, Tensor logits) {
        return Objective.hits(logits, batch.inputs().values().get("labels"));
    }
}
