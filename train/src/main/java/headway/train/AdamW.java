package headway.train;

import headway.kernels.DType;
import headway.kernels.optimizer.AdamWKernel;
import headway.kernels.optimizer.AdamWStep;
import headway.tensor.Parallel;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Adam with decoupled weight decay. [Loshchilov & Hutter 2019](https://arxiv.org/abs/1711.05101).
///
/// Decay comes first, as in PyTorch: `w ← w·(1 - lr·λ)`, then the update. A parameter without a gradient is left
/// alone, its moments too.
public final class AdamW implements Optimizer {
    private static final int GRAIN = 1 << 15;

    private record Slot(Trained parameter, Tensor m, Tensor v, double weightDecay) {}

    private final Run.OptimizerSettings settings;
    private final List<Slot> slots;

    /// @param arena owner of the moments
    AdamW(Run.OptimizerSettings settings, List<Trained> parameters, Arena arena) {
        this.settings = settings;
        boolean all = settings.decayOn().equals("all");
        this.slots = parameters.stream()
                .map(p -> new Slot(
                        p,
                        Tensor.owned(arena, p.master().shape(), DType.F32),
                        Tensor.owned(arena, p.master().shape(), DType.F32),
                        all || p.master().shape().rank() >= 2 ? settings.weightDecay() : 0))
                .toList();
    }

    @Override
    public void update(long step, double learningRate, double gradScale) {
        for (Slot slot : slots) {
            Tensor g = slot.parameter.used().gradient();
            if (g == null) {
                continue;
            }
            var numbers = new AdamWStep(
                    learningRate,
                    settings.betas().get(0),
                    settings.betas().get(1),
                    settings.eps(),
                    slot.weightDecay,
                    gradScale,
                    step);
            Tensor w = slot.parameter.master();
            Parallel.elements(
                    w.count(),
                    GRAIN,
                    (lo, hi) -> AdamWKernel.step(
                            w.memory(), g.memory(), slot.m.memory(), slot.v.memory(), numbers, lo, hi));
        }
    }

    @Override
    public SequencedMap<String, Tensor> state() {
        var state = new LinkedHashMap<String, Tensor>();
        for (Slot slot : slots) {
            state.put("m." + slot.parameter.path(), slot.m);
            state.put("v." + slot.parameter.path(), slot.v);
        }
        return state;
    }
}
