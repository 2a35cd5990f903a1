package headway.io.tokenizer;

import headway.io.AtomicFiles;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes the files that the Hugging Face library loads a tokenizer from.
final class TokenizerJson {
    private static final JsonFactory JSON = new JsonFactory();

    private TokenizerJson() {}

    /// A byte-level BPE. With `cutWords` false, all text between added tokens is one word.
    static void writeByteLevel(
            Path file,
            Vocabulary vocabulary,
            List<String> merges,
            List<AddedToken> added,
            boolean cutWords,
            PostProcessor post) {
        write(file, json -> {
            writeAdded(json, added);
            json.writeNullProperty("normalizer");
            writeByteLevelPart(json, "pre_tokenizer", false, false, cutWords);
            writePostProcessor(json, post, vocabulary);
            writeByteLevelPart(json, "decoder", false, false, cutWords);
            json.writeObjectPropertyStart("model");
            json.writeStringProperty("type", "BPE");
            json.writeNullProperty("dropout");
            json.writeNullProperty("unk_token");
            json.writeNullProperty("continuing_subword_prefix");
            json.writeNullProperty("end_of_word_suffix");
            json.writeBooleanProperty("fuse_unk", false);
            json.writeBooleanProperty("byte_fallback", false);
            json.writeBooleanProperty("ignore_merges", false);
            writeVocabulary(json, vocabulary);
            json.writeArrayPropertyStart("merges");
            for (int i = 0; i < merges.size(); i += 2) {
                json.writeStartArray();
                json.writeString(merges.get(i));
                json.writeString(merges.get(i + 1));
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /// One token a character: a word-level model behind a cut at every character.
    static void writeCharacters(Path file, Vocabulary vocabulary, List<AddedToken> added, String unknown) {
        write(file, json -> {
            writeAdded(json, added);
            json.writeNullProperty("normalizer");
            json.writeObjectPropertyStart("pre_tokenizer");
            json.writeStringProperty("type", "Split");
            json.writeObjectPropertyStart("pattern");
            json.writeStringProperty("Regex", CharTokenizer.EVERY_CHARACTER);
            json.writeEndObject();
            json.writeStringProperty("behavior", "Isolated");
            json.writeBooleanProperty("invert", false);
            json.writeEndObject();
            json.writeNullProperty("post_processor");
            json.writeObjectPropertyStart("decoder");
            json.writeStringProperty("type", "Fuse");
            json.writeEndObject();
            json.writeObjectPropertyStart("model");
            json.writeStringProperty("type", "WordLevel");
            writeVocabulary(json, vocabulary);
            json.writeStringProperty("unk_token", unknown);
            json.writeEndObject();
        });
    }

    /// `tokenizer_config.json`, which tells Hugging Face's `AutoTokenizer` which class reads `tokenizer.json`.
    static void writeConfig(Path file, SpecialTokens tokens) {
        AtomicFiles.write(file, out -> {
            try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
                json.writeStartObject();
                json.writeStringProperty("tokenizer_class", "PreTrainedTokenizerFast");
                tokens.bos().ifPresent(token -> json.writeStringProperty("bos_token", token));
                tokens.eos().ifPresent(token -> json.writeStringProperty("eos_token", token));
                tokens.unk().ifPresent(token -> json.writeStringProperty("unk_token", token));
                tokens.sep().ifPresent(token -> json.writeStringProperty("sep_token", token));
                tokens.pad().ifPresent(token -> json.writeStringProperty("pad_token", token));
                tokens.cls().ifPresent(token -> json.writeStringProperty("cls_token", token));
                tokens.mask().ifPresent(token -> json.writeStringProperty("mask_token", token));
                json.writeBooleanProperty("clean_up_tokenization_spaces", false);
                json.writeEndObject();
            }
        });
    }

    private interface Body {
        void write(JsonGenerator json);
    }

    private static void write(Path file, Body body) {
        AtomicFiles.write(file, out -> {
            try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
                json.writeStartObject();
                json.writeStringProperty("version", "1.0");
                json.writeNullProperty("truncation");
                json.writeNullProperty("padding");
                body.write(json);
                json.writeEndObject();
            }
        });
    }

    private static void writeAdded(JsonGenerator json, List<AddedToken> added) {
        json.writeArrayPropertyStart("added_tokens");
        for (var token : added) {
            json.writeStartObject();
            json.writeNumberProperty("id", token.id());
            json.writeStringProperty("content", token.content());
            json.writeBooleanProperty("single_word", false);
            json.writeBooleanProperty("lstrip", false);
            json.writeBooleanProperty("rstrip", false);
            json.writeBooleanProperty("normalized", token.normalized());
            json.writeBooleanProperty("special", token.special());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// Trimming, a template, or both in this order.
    private static void writePostProcessor(JsonGenerator json, PostProcessor post, Vocabulary vocabulary) {
        boolean around = post.addedToSingle() > 0;
        if (!around && !post.trimOffsets()) {
            json.writeNullProperty("post_processor");
            return;
        }
        if (!around) {
            writeByteLevelPart(json, "post_processor", post.keepFirstSpace(), true, true);
            return;
        }
        json.writeObjectPropertyStart("post_processor");
        json.writeStringProperty("type", "Sequence");
        json.writeArrayPropertyStart("processors");
        if (post.trimOffsets()) {
            json.writeStartObject();
            writeByteLevelFields(json, post.keepFirstSpace(), true, true);
            json.writeEndObject();
        }
        json.writeStartObject();
        json.writeStringProperty("type", "TemplateProcessing");
        writePieces(json, "single", post.single(), vocabulary);
        writePieces(json, "pair", post.pair(), vocabulary);
        json.writeObjectPropertyStart("special_tokens");
        for (int id : post.specialIds()) {
            String token = vocabulary.tokenOf(id);
            json.writeObjectPropertyStart(token);
            json.writeStringProperty("id", token);
            json.writeArrayPropertyStart("ids");
            json.writeNumber(id);
            json.writeEndArray();
            json.writeArrayPropertyStart("tokens");
            json.writeString(token);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writePieces(
            JsonGenerator json, String name, List<PostProcessor.Piece> pieces, Vocabulary vocabulary) {
        json.writeArrayPropertyStart(name);
        for (var piece : pieces) {
            switch (piece) {
                case PostProcessor.Piece.Special special -> {
                    for (int id : special.ids()) {
                        writePiece(json, "SpecialToken", vocabulary.tokenOf(id), special.typeId());
                    }
                }
                case PostProcessor.Piece.Text text ->
                    writePiece(json, "Sequence", text.which() == 0 ? "A" : "B", text.typeId());
            }
        }
        json.writeEndArray();
    }

    private static void writePiece(JsonGenerator json, String kind, String id, int typeId) {
        json.writeStartObject();
        json.writeObjectPropertyStart(kind);
        json.writeStringProperty("id", id);
        json.writeNumberProperty("type_id", typeId);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeByteLevelPart(
            JsonGenerator json, String name, boolean prefixSpace, boolean trimOffsets, boolean cutWords) {
        json.writeObjectPropertyStart(name);
        writeByteLevelFields(json, prefixSpace, trimOffsets, cutWords);
        json.writeEndObject();
    }

    private static void writeByteLevelFields(
            JsonGenerator json, boolean prefixSpace, boolean trimOffsets, boolean cutWords) {
        json.writeStringProperty("type", "ByteLevel");
        json.writeBooleanProperty("add_prefix_space", prefixSpace);
        json.writeBooleanProperty("trim_offsets", trimOffsets);
        json.writeBooleanProperty("use_regex", cutWords);
    }

    private static void writeVocabulary(JsonGenerator json, Vocabulary vocabulary) {
        json.writeObjectPropertyStart("vocab");
        for (int id = 0; id < vocabulary.size(); id++) {
            String token = vocabulary.tokenOrNull(id);
            if (token != null) {
                json.writeNumberProperty(token, id);
            }
        }
        json.writeEndObject();
    }
}
