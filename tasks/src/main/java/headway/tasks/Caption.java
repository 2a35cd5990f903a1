package headway.tasks;

import headway.generate.ConditionalGenerator;
import headway.generate.Generation;
import headway.generate.Prompt;
import headway.generate.TokenListener;
import headway.io.image.ImageProcessor;
import headway.io.image.Picture;
import headway.models.EncoderDecoder;
import headway.models.Inputs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A picture in words, as Hugging Face's `image-to-text`: an encoder sees it, a decoder writes about it.
/// What is not said comes from the checkpoint's `generation_config.json`; without a word about the length
/// it is 256 tokens.
public final class Caption {
    private final LoadedModel model;
    private final EncoderDecoder network;
    private final ImageProcessor processor;

    /// @throws TaskException when the checkpoint writes nothing about pictures
    public Caption(LoadedModel model) {
        Task.CAPTION.require(model);
        this.model = model;
        this.network = model.pretrained().encoderDecoder();
        this.processor = ImageProcessor.of(model.folder());
    }

    /// What `picture` shows, in words.
    public String caption(Picture picture) {
        return captionAll(List.of(picture), Map.of()).getFirst().text().strip();
    }

    /// The same, with settings under Hugging Face's names (`max_new_tokens`, `num_beams` …); `listener`
    /// hears the text as it comes, where a single beam writes.
    public Written caption(Picture picture, Map<String, ?> settings, TextListener listener) {
        return write(List.of(picture), settings, listener.ofFirst()).getFirst();
    }

    /// The same for each of `pictures`.
    public List<Written> captionAll(List<Picture> pictures, Map<String, ?> settings) {
        var all = new ArrayList<Written>();
        for (int from = 0; from < pictures.size(); from += PictureBatch.PICTURES) {
            int to = Math.min(pictures.size(), from + PictureBatch.PICTURES);
            all.addAll(write(pictures.subList(from, to), settings, TokenListener.NONE));
        }
        return all;
    }

    private List<Written> write(List<Picture> pictures, Map<String, ?> settings, TokenListener listener) {
        Generation generation = settings(settings);
        List<Prompt> starts = Collections.nCopies(pictures.size(), Prompt.of(new int[] {start()}));
        return model.run(() -> {
            var inputs = new Inputs(Map.of("pixel_values", PictureBatch.of(processor, pictures)), null);
            try (var generator = new ConditionalGenerator(network, model.tokenizer())) {
                return generator.generate(inputs, starts, generation, listener).sequences().stream()
                        .map(Written::of)
                        .toList();
            }
        });
    }

    private int start() {
        JsonNode said = Settings.of(model).file().path("decoder_start_token_id");
        return said.isInt() ? said.asInt() : network.startTokenId();
    }

    private Generation settings(Map<String, ?> given) {
        Settings settings = Settings.of(model).with(given);
        boolean length = settings.file().path("max_length").asInt(20) != 20 || given.containsKey("max_length");
        settings = length ? settings : settings.orElse("max_new_tokens", 256);
        if (!settings.said("eos_token_id") && model.tokenizer().eosId().isPresent()) {
            settings = settings.with(
                    Map.of("eos_token_id", model.tokenizer().eosId().getAsInt()));
        }
        return settings.with(Map.of("num_return_sequences", 1)).read(model);
    }
}
