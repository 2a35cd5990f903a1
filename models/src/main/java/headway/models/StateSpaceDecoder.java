package headway.models;

import headway.nn.Layer;
import headway.nn.Pass;
import headway.nn.TokenEmbedding;
import headway.nn.Trace;
import headway.nn.cache.StateCache;
import headway.nn.norm.RmsNorm;
import headway.nn.recurrent.StateSpace;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import java.util.List;
import java.util.Set;

/// A decoder of state-space blocks: no attention, no positions, a state of constant size in place of keys and values.
public interface StateSpaceDecoder extends CausalModel {
    /// All below the head.
    record Backbone(TokenEmbedding embeddings, List<Block> layers, RmsNorm normF) implements Layer {}

    /// One block.
    record Block(RmsNorm norm, StateSpace mixer) implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            return new AddOp(x, pass.drop(mixer.forward(norm.forward(x), pass))).run();
        }
    }

    /// Embeddings, blocks and the last norm.
    Backbone backbone();

    @Override
    default Set<String> arguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask", "labels");
    }

    @Override
    default Tensor embed(Tensor ids) {
        return backbone().embeddings.forward(ids);
    }

    @Override
    default Tensor hidden(Tensor embeddings, Pass pass) {
        Tensor x = embeddings;
        for (Block block : backbone().layers) {
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
            Trace.next("hidden_states", x);
        }
        x = backbone().normF.forward(x);
        Trace.next("hidden_states", x);
        if (pass.cache() instanceof StateCache states) {
            states.advance(embeddings.shape().size(1));
        }
        return x;
    }

    @Override
    default StateCache newCache(int tokens) {
        return new StateCache();
    }
}
