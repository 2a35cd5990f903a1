package headway.models;

import headway.nn.Layer;
import headway.nn.Pass;
import headway.nn.TokenEmbedding;
import headway.nn.attention.Attention;
import headway.nn.ffn.FeedForward;
import headway.nn.norm.Norm;
import headway.nn.position.RotaryPosition;
import headway.tensor.Tensor;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// The stack of Llama and its descendants below their head: blocks whose two branches are normed first and then added.
/// What attends and what feeds forward is the family's.
///
/// @param rotary the rotation that its attention shares; null where no block rotates
public record PreNormStack(TokenEmbedding embedTokens, List<Block> layers, Norm norm, RotaryPosition rotary)
        implements Layer {
    /// One block.
    public record Block(Norm inputLayernorm, Attention selfAttn, Norm postAttentionLayernorm, FeedForward mlp)
            implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor h = pass.plus(x, r -> selfAttn.forward(inputLayernorm.forward(x), pass, r));
            return pass.plus(h, r -> mlp.forward(postAttentionLayernorm.forward(h), r));
        }
    }

    /// embeddings `(batch, seq, hidden)` → the residual stream after the last norm.
    Tensor forward(Tensor embeddings, Pass pass) {
        Tensor x = CausalModel.through(layers, pass.drop(embeddings), (block, h) -> block.forward(h, pass));
        return CausalModel.last(norm.forward(x));
    }

    /// Whether angles depend on the length of a text.
    boolean dependsOnLength() {
        return rotary != null && rotary.dependsOnLength();
    }

    /// Keys that all of `layers` blocks look back on: the least window, 0 where some block sees all.
    ///
    /// @param windows of a block; 0 for all keys
    static int window(int layers, IntUnaryOperator windows) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < layers; i++) {
            int window = windows.applyAsInt(i);
            if (window == 0) {
                return 0;
            }
            least = Math.min(least, window);
        }
        return least;
    }
}
