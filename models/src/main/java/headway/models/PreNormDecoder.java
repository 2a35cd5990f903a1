package headway.models;

import headway.nn.Pass;
import headway.tensor.Tensor;

/// A decoder whose whole body is a [PreNormStack]: Llama and its descendants. Sizes and experts are the family's.
public interface PreNormDecoder extends CausalModel {
    /// Embeddings, blocks and the last norm.
    PreNormStack model();

    @Override
    default Tensor embed(Tensor ids) {
        return model().embedTokens().forward(ids);
    }

    @Override
    default Tensor hidden(Tensor embeddings, Pass pass) {
        return model().forward(embeddings, pass);
    }

    @Override
    default boolean readsPromptsWhole() {
        return model().dependsOnLength();
    }
}
