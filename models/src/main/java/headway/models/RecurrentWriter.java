package headway.models;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.Embedding;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.attention.Encoded;
import headway.nn.cache.KvCache;
import headway.nn.cache.StateCache;
import headway.nn.recurrent.ContentAttention;
import headway.nn.recurrent.RecurrentCell;
import headway.nn.recurrent.RecurrentCell.State;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.MatMulOp;
import java.util.ArrayList;
import java.util.List;

/// The decoder of [Recurrent]: one token after the other, each with a look at what the encoder made.
///
/// @param bridge makes the first state of each layer from what the encoder remembers at either end
/// @param attention null for none
public record RecurrentWriter(
        Recurrent.Config config,
        Embedding embedTokens,
        List<RecurrentCell> layers,
        List<Linear> bridge,
        ContentAttention attention,
        Linear readout)
        implements Layer {
    /// What the decoder knows between two tokens.
    ///
    /// @param states of each layer
    /// @param vector the last readout
    private record Memory(List<State> states, Tensor vector) {}

    private Memory start(Encoded encoded) {
        Tensor h = encoded.states();
        int B = h.shape().size(0);
        int S = h.shape().size(1);
        int H = config.hiddenSize();
        Tensor rows = h.view(Shape.of("row", B * S, "hidden", config.width()));
        Tensor last = Tensor.allocate(Shape.of("batch", B), DType.I32);
        Tensor first = Tensor.allocate(Shape.of("batch", B), DType.I32);
        for (int b = 0; b < B; b++) {
            int from = S;
            int to = S - 1;
            for (int s = S - 1, seen = 0; s >= 0; s--) {
                boolean token =
                        encoded.padding() == null || encoded.padding().memory().get((long) b * S + s) != 0;
                to = token && seen++ == 0 ? s : to;
                from = token ? s : from;
            }
            last.memory().set(b, b * S + to);
            first.memory().set(b, b * S + (from == S ? 0 : from));
        }
        Tensor end = new EmbeddingOp(rows, last, -1).run();
        if (config.bidirectional()) {
            Tensor begin = new EmbeddingOp(rows, first, -1).run();
            end = new ConcatOp(List.of(end.narrow("hidden", 0, H), begin.narrow("hidden", H, H)), "hidden").run();
        }
        var states = new ArrayList<State>();
        for (Linear bridge : bridge) {
            Tensor s = new ActivationOp(bridge.forward(end), Activation.TANH).run();
            String axis = s.shape().last().name();
            Tensor c = config.cellType().equals("lstm") ? new ContiguousOp(s.narrow(axis, H, H)).run() : null;
            states.add(new State(c == null ? s : new ContiguousOp(s.narrow(axis, 0, H)).run(), c));
        }
        return new Memory(states, Recurrent.zero(config, B).h());
    }

    /// Readouts `(batch, seq, hidden)` of all tokens, one after the other.
    Tensor written(Tensor embeddings, Pass pass, Encoded input) {
        int B = embeddings.shape().size(0);
        Encoded encoded = input.rows(B);
        int T = embeddings.shape().size(1);
        StateCache cache = pass.cache() instanceof StateCache states ? states : null;
        Memory memory = cache == null || cache.length() == 0 ? start(encoded) : recalled(cache, B);
        Tensor keys = config.attends()
                ? encoded.keysValues(
                                0,
                                () -> new KvCache.Entry(attention.score().keys(encoded.states()), encoded.states(), 0))
                        .keys()
                : null;
        Tensor x = pass.drop(embeddings);
        var vectors = new ArrayList<Tensor>();
        var weights = new ArrayList<Tensor>();
        for (int t = 0; t < T; t++) {
            int now = pass.seen() + t;
            Memory next = token(Recurrent.at(x, t), memory, encoded, keys, weights, pass.padding(), now);
            vectors.add(next.vector.view(Shape.of("batch", B, "seq", 1, "hidden", config.hiddenSize())));
            memory = pass.padding() == null
                    ? next
                    : new Memory(next.states, Recurrent.kept(next.vector, memory.vector, pass.padding(), now));
        }
        if (cache != null) {
            remember(cache, memory, B, T);
        }
        if (!weights.isEmpty() && Trace.running()) {
            int S = encoded.states().shape().size(1);
            Tensor all = new ConcatOp(weights, "one").forward();
            Trace.put("cross_attentions.0", all.view(Shape.of("batch", B, "heads", 1, "seq", T, "enc_seq", S)));
        }
        return pass.drop(new ConcatOp(vectors, "seq").run());
    }

    private Memory token(
            Tensor e, Memory memory, Encoded encoded, Tensor keys, List<Tensor> weights, Tensor padding, int t) {
        Tensor context = null;
        Tensor y = e;
        if (config.looksBefore()) {
            context = context(memory.states.getLast().h(), encoded, keys, weights);
            y = joined(List.of(e, context));
        } else if (config.inputFeeding() && config.attends()) {
            y = joined(List.of(e, memory.vector));
        }
        var states = new ArrayList<State>();
        for (int i = 0; i < layers.size(); i++) {
            RecurrentCell cell = layers.get(i);
            State state =
                    Recurrent.kept(cell.next(cell.gates(y), memory.states.get(i)), memory.states.get(i), padding, t);
            states.add(state);
            y = state.h();
        }
        var parts = new ArrayList<>(List.of(y));
        if (config.looksBefore()) {
            parts.add(context);
            parts.add(e);
        } else if (config.attends()) {
            parts.add(context(y, encoded, keys, weights));
        }
        Tensor all = joined(parts);
        return new Memory(states, new ActivationOp(readout.forward(all), Activation.TANH).run());
    }

    private Tensor context(Tensor s, Encoded encoded, Tensor keys, List<Tensor> weights) {
        Tensor a = attention.weights(s, keys, encoded.padding());
        weights.add(a);
        Tensor h = encoded.states();
        Tensor sum = new MatMulOp(a, h, false).run();
        return sum.view(
                Shape.of("batch", h.shape().size(0), "hidden", h.shape().last().size()));
    }

    private Tensor state(StateCache cache, int layer, String name, int B) {
        return cache.state(layer, name, Shape.of("batch", B, "hidden", config.hiddenSize()));
    }

    private Memory recalled(StateCache cache, int B) {
        var states = new ArrayList<State>();
        for (int i = 0; i < layers.size(); i++) {
            boolean two = config.cellType().equals("lstm");
            states.add(new State(
                    state(cache, i, "h", B).copy(),
                    two ? state(cache, i, "c", B).copy() : null));
        }
        return new Memory(states, state(cache, -1, "vector", B).copy());
    }

    private void remember(StateCache cache, Memory memory, int B, int tokens) {
        for (int i = 0; i < layers.size(); i++) {
            State s = memory.states.get(i);
            state(cache, i, "h", B).assign(s.h());
            if (s.c() != null) {
                state(cache, i, "c", B).assign(s.c());
            }
        }
        state(cache, -1, "vector", B).assign(memory.vector);
        cache.advance(tokens);
    }

    /// Vectors of each text side by side.
    private static Tensor joined(List<Tensor> parts) {
        List<Tensor> named = parts.stream()
                .map(p -> p.view(
                        Shape.of("batch", p.shape().size(0), "hidden", p.shape().size(1))))
                .toList();
        return named.size() == 1 ? named.getFirst() : new ConcatOp(named, "hidden").run();
    }
}
