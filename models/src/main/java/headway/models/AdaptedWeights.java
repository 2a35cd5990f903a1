package headway.models;

import headway.nn.Init;
import headway.nn.NewWeights;
import headway.nn.Parameter;
import headway.nn.QuantizedParameter;
import headway.nn.Weights;
import headway.tensor.Shape;

/// Parameters of the stack from a checkpoint, those of a head from it where it has them in the right shape, else new.
record AdaptedWeights(CheckpointWeights stored, NewWeights fresh, Family family) implements Weights.Source {
    @Override
    public Parameter parameter(String path, Shape shape, Init init) {
        return family.isOfHead(path) && !stored.fits(path, shape)
                ? fresh.parameter(path, shape, init)
                : stored.parameter(path, shape, init);
    }

    @Override
    public QuantizedParameter quantized(String path, Shape shape) {
        return null;
    }

    @Override
    public boolean has(String path) {
        return stored.has(path);
    }

    @Override
    public void skip(String path) {
        stored.skip(path);
    }

    @Override
    public boolean differ(String path, String other) {
        return stored.differ(path, other);
    }
}
