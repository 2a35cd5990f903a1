package headway.models;

import headway.nn.Layer;
import headway.tensor.Tensor;
import java.util.Set;

/// A network with the head that its checkpoint names: answers Hugging Face's `forward`.
///
/// Results go to the running [headway.nn.Trace] under the names of Hugging Face's outputs, whatever the
/// kind of model; what a kind can do beyond that is in its own interface: [Decoder], [EncoderDecoder].
public interface Model extends Layer {
    /// Names of the arguments that [#forward] reads.
    Set<String> arguments();

    /// One pass over `inputs`; returns the loss, or null where no labels are given or the head has none.
    Tensor forward(Inputs inputs);
}
