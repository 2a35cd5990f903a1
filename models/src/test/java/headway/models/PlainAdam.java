package headway.models;

import headway.kernels.DType;
import headway.nn.Parameter;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;

/// [Kingma & Ba 2014](https://arxiv.org/abs/1412.6980), as plainly as it can be written.
final class PlainAdam {
    private final Map<String, Parameter> parameters;
    private final double rate;
    private final Map<String, double[][]> moments = new HashMap<>();

    PlainAdam(Map<String, Parameter> parameters, Arena arena, double rate) {
        this.rate = rate;
        this.parameters = parameters;
        parameters.forEach((name, p) -> {
            p.tensor().gradientMemory(Tensor.owned(arena, p.tensor().shape(), DType.F32));
            moments.put(name, new double[2][(int) p.tensor().count()]);
        });
    }

    void step(int number) {
        parameters.forEach((name, p) -> {
            Tensor g = p.tensor().gradient();
            if (g == null || !p.tensor().requiresGradient()) {
                return;
            }
            double[][] m = moments.get(name);
            for (int i = 0; i < m[0].length; i++) {
                double d = g.memory().get(i);
                m[0][i] = 0.9 * m[0][i] + 0.1 * d;
                m[1][i] = 0.99 * m[1][i] + 0.01 * d * d;
                double mean = m[0][i] / (1 - Math.pow(0.9, number));
                double square = m[1][i] / (1 - Math.pow(0.99, number));
                p.tensor().memory().set(i, p.tensor().memory().get(i) - rate * mean / (Math.sqrt(square) + 1e-8));
            }
            p.tensor().clearGradient();
        });
    }
}
