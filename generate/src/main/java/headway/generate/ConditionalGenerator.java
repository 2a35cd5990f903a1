package headway.generate;

import headway.generate.transform.LogitsTransform;
import headway.io.tokenizer.Tokenizer;
import headway.models.EncoderDecoder;
import headway.models.Inputs;
import headway.nn.attention.Encoded;
import headway.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;

/// Writes texts about inputs: encodes them once, and then lets a [Generator] write with the decoder.
public final class ConditionalGenerator implements AutoCloseable {
    private final EncoderDecoder model;
    private final Tokenizer tokenizer;
    private final List<LogitsTransform> transforms;
    private final Workspace workspace = new Workspace();

    /// A generator of ids and text.
    ///
    /// @param tokenizer null for ids alone
    public ConditionalGenerator(EncoderDecoder model, Tokenizer tokenizer) {
        this(model, tokenizer, List.of());
    }

    /// The same with transforms of the caller's own.
    public ConditionalGenerator(EncoderDecoder model, Tokenizer tokenizer, List<LogitsTransform> transforms) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.transforms = List.copyOf(transforms);
    }

    /// Writes about each entry of the batch in `inputs`.
    ///
    /// @param starts what each text begins with, the start token included: one for each entry
    public GenerationResult generate(Inputs inputs, List<Prompt> starts, Generation settings, TokenListener listener) {
        try (Encoded encoded = encode(inputs)) {
            return generate(encoded, about(inputs, starts), settings, listener);
        }
    }

    /// The starts with the tokens that they are about: none where the input is no text.
    private static List<Prompt> about(Inputs inputs, List<Prompt> starts) {
        boolean text = inputs.has("input_ids") && inputs.rank("input_ids") == 2;
        var about = new ArrayList<Prompt>();
        for (int b = 0; b < starts.size(); b++) {
            about.add(starts.get(b).about(text ? inputs.row("input_ids", b) : new int[0]));
        }
        return about;
    }

    /// What the encoder makes of `inputs`, for any number of texts about it; to be closed.
    public Encoded encode(Inputs inputs) {
        inputs.requireOnly(model.encoderArguments());
        return workspace.run(() -> model.encode(inputs).kept());
    }

    /// Writes about each entry of what was encoded.
    ///
    /// @param starts what each text begins with, the start token included: one for each entry
    public GenerationResult generate(
            Encoded encoded, List<Prompt> starts, Generation settings, TokenListener listener) {
        int B = encoded.states().shape().size(0);
        if (B != starts.size()) {
            throw new IllegalArgumentException("[generate] %d starts for %d inputs".formatted(starts.size(), B));
        }
        return workspace.run(() -> {
            try (var generator = new Generator(model.decoder(encoded), tokenizer, transforms)) {
                return generator.generate(starts, settings, listener);
            }
        });
    }

    @Override
    public void close() {
        workspace.close();
    }
}
