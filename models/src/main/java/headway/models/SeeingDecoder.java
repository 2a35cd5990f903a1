package headway.models;

import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A language model that continues texts about images: some of a prompt's tokens stand for parts of an image, whose
/// vectors take the place of theirs.
public interface SeeingDecoder extends CausalModel {
    /// Arguments of images.
    Set<String> imageArguments();

    /// The id of the tokens that stand for parts of an image.
    int imageToken();

    /// Tokens that stand for an image; 0 where that depends on its size.
    int imageTokens();

    /// The decoder of prompts about the images of `inputs`, in their order; what it keeps lies in `arena`.
    ///
    /// A prompt may stand in several rows in succession, as many for all: beams of one text.
    Decoder seeing(Inputs inputs, Arena arena);

    /// How token ids become vectors where `inputs` holds images.
    @Override
    UnaryOperator<Tensor> embedder(Inputs inputs);
}
