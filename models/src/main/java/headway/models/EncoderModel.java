package headway.models;

import headway.nn.Trace;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.Set;

/// An encoder and what stands on it.
public record EncoderModel(TextEncoder encoder, EncoderHead head) implements Model {
    @Override
    public Set<String> arguments() {
        var all = new LinkedHashSet<>(encoder.arguments());
        all.addAll(head.labels());
        return all;
    }

    @Override
    public Tensor forward(Inputs inputs) {
        if (inputs.segments() != null && !encoder.readsSegments()) {
            throw new ShapeException(
                    "[model] this encoder reads no sequences one behind the other in a row; give a batch");
        }
        boolean choices = head instanceof EncoderHead.MultipleChoice;
        Tensor hidden = encoder.encode(choices ? inputs.withoutChoices() : inputs);
        Trace.put("last_hidden_state", hidden);
        return head.forward(hidden, inputs);
    }
}
