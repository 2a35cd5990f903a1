package headway.tasks;

import headway.generate.ConditionalGenerator;
import headway.generate.Generation;
import headway.generate.GenerationResult;
import headway.generate.Generator;
import headway.generate.Prompt;
import headway.generate.TokenListener;
import headway.io.chat.ChatTemplate;
import headway.io.image.ImageProcessor;
import headway.io.image.Picture;
import headway.models.EncoderDecoder;
import headway.models.Inputs;
import headway.models.SeeingDecoder;
import headway.models.SeenPatches;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A picture in words, as Hugging Face's `image-to-text`: an encoder sees it, a decoder writes about it. A language
/// model
/// that sees (LLaVA, Qwen2-VL) is asked about it, as by `image-text-to-text`, in the words of its chat template.
/// What is not said comes from the checkpoint's `generation_config.json`; without a word about the length
/// it is 256 tokens.
public final class Caption {
    private final LoadedModel model;
    private final String question;
    private final ImageProcessor processor;

    /// @throws TaskException when the checkpoint writes nothing about pictures
    public Caption(LoadedModel model) {
        this(model, null);
    }

    /// The same with a question about each picture in place of “Describe this image.”.
    ///
    /// @throws TaskException when the checkpoint takes no question
    public Caption(LoadedModel model, String question) {
        Task.CAPTION.require(model);
        if (question != null && !(model.model() instanceof SeeingDecoder)) {
            throw new TaskException(
                    "[caption] %s: %s says what a picture shows and takes no question; LLaVA and Qwen2-VL take one"
                            .formatted(model.folder(), model.head()));
        }
        this.model = model;
        this.question = question == null ? "Describe this image." : question;
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
        return model.run(() -> switch (model.model()) {
            case SeeingDecoder seer -> asked(seer, pictures, generation, listener);
            default -> seen(model.pretrained().encoderDecoder(), pictures, generation, listener);
        });
    }

    private List<Written> seen(
            EncoderDecoder network, List<Picture> pictures, Generation generation, TokenListener listener) {
        JsonNode said = Settings.of(model).file().path("decoder_start_token_id");
        int start = said.isInt() ? said.asInt() : network.startTokenId();
        List<Prompt> starts = Collections.nCopies(pictures.size(), Prompt.of(start));
        var inputs = new Inputs(Map.of("pixel_values", PictureBatch.of(processor, pictures)), null);
        try (var generator = new ConditionalGenerator(network, model.tokenizer())) {
            return written(generator.generate(inputs, starts, generation, listener));
        }
    }

    private List<Written> asked(
            SeeingDecoder seer, List<Picture> pictures, Generation generation, TokenListener listener) {
        int[] prompt = prompt(seer);
        Map<String, Tensor> values;
        List<Prompt> prompts;
        if (processor.cuts()) {
            List<ImageProcessor.Patches> patches =
                    pictures.stream().map(processor::patches).toList();
            values = SeenPatches.arguments(patches);
            prompts = patches.stream()
                    .map(p -> expanded(prompt, seer.imageToken(), p.tokens()))
                    .toList();
        } else {
            values = Map.of("pixel_values", PictureBatch.of(processor, pictures));
            Prompt same = expanded(prompt, seer.imageToken(), seer.imageTokens());
            prompts = Collections.nCopies(pictures.size(), same);
        }
        try (var arena = Arena.ofShared();
                var generator = new Generator(seer.seeing(new Inputs(values, null), arena), model.tokenizer())) {
            return written(generator.generate(prompts, generation, listener));
        }
    }

    /// The question in the words of the chat template, with one token for the picture.
    private int[] prompt(SeeingDecoder seer) {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        ArrayNode content = messages.addObject().put("role", "user").putArray("content");
        content.addObject().put("type", "image");
        content.addObject().put("type", "text").put("text", question);
        String text = Chat.template(model)
                .orElseThrow(() -> new TaskException(
                        "[caption] %s has no chat template, which says where a picture stands: neither chat_template.jinja, nor chat_template.json, nor chat_template in tokenizer_config.json"
                                .formatted(model.folder())))
                .render(messages, Map.of(), ChatTemplate.Ending.GENERATION_PROMPT);
        OptionalInt bos = model.tokenizer().bosId();
        int[] plain = model.tokenizer().encodeIds(text, false);
        boolean begun = bos.isPresent() && plain.length > 0 && plain[0] == bos.getAsInt();
        int[] ids = begun ? plain : model.tokenizer().encodeIds(text, true);
        long places = Arrays.stream(ids).filter(id -> id == seer.imageToken()).count();
        if (places != 1) {
            throw new TaskException(
                    "[caption] %s: the chat template writes the image token (id %d) %d times for one picture; expected once"
                            .formatted(model.folder(), seer.imageToken(), places));
        }
        return ids;
    }

    /// `ids` with `count` image tokens in place of the one.
    private static Prompt expanded(int[] ids, int token, int count) {
        return Prompt.of(Arrays.stream(ids)
                .flatMap(id -> IntStream.generate(() -> id).limit(id == token ? count : 1))
                .toArray());
    }

    private static List<Written> written(GenerationResult result) {
        return result.sequences().stream().map(Written::of).toList();
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
