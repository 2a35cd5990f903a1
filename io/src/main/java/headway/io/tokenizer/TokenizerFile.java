package headway.io.tokenizer;

import headway.io.ConfigException;
import headway.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// What a `tokenizer.json` says.
///
/// Vocabulary and merges, nearly all of the file, are read straight into tables, the rest as trees.
///
/// @param vocabulary tokens of the model, without the added ones
/// @param merges pairs `left`, `right`, one after the other; empty where the model is no BPE
/// @param added tokens added to the model's
/// @param parts the other fields: `normalizer`, `pre_tokenizer`, `post_processor`, `decoder`, `truncation` …
/// @param model the model's fields without vocabulary and merges
record TokenizerFile(
        Path path,
        Map<String, Integer> vocabulary,
        List<String> merges,
        List<AddedToken> added,
        Map<String, JsonNode> parts,
        Map<String, JsonNode> model) {
    /// Largest file that is read; the largest known has 35 MB.
    static final long FILE_LIMIT = 256L << 20;

    /// Each key of a vocabulary comes once: a table of known keys would only grow.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    /// Reads `path`.
    ///
    /// @throws TokenizerException when it is missing, too large or no tokenizer.json
    static TokenizerFile read(Path path) {
        byte[] bytes;
        try {
            bytes = Json.readBounded(path, FILE_LIMIT);
        } catch (ConfigException e) {
            throw new TokenizerException(e.getMessage().replaceFirst("^\\[json]", "[tokenizer]"), e);
        }
        return read(path, bytes);
    }

    /// Reads `bytes`, a `tokenizer.json` that was made from `path`.
    static TokenizerFile read(Path path, byte[] bytes) {
        return read(path, () -> JSON.createParser(ObjectReadContext.empty(), bytes));
    }

    /// The same of a tree, which is not written out: vocabularies have hundreds of thousands of nodes.
    static TokenizerFile read(Path path, ObjectNode json) {
        return read(path, () -> json.traverse(ObjectReadContext.empty()));
    }

    private static TokenizerFile read(Path path, Supplier<JsonParser> open) {
        var file = new TokenizerFile(
                path, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new HashMap<>());
        try (var parser = open.get()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw file.error("holds no JSON object; this is not a tokenizer.json");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("model") && parser.currentToken() == JsonToken.START_OBJECT) {
                    file.readModel(parser);
                } else {
                    file.parts.put(name, Json.subtree(parser, path.toString()));
                }
            }
        } catch (JacksonException e) {
            throw new TokenizerException(
                    "[tokenizer] %s: not valid JSON at byte %d: %s"
                            .formatted(
                                    path,
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getByteOffset(),
                                    e.getOriginalMessage()),
                    e);
        }
        if (file.vocabulary.isEmpty()) {
            throw file.error("has no model.vocab; this is not a tokenizer.json, or it is damaged");
        }
        file.readAdded();
        return file;
    }

    /// Field `name` of the document, a missing node where it is not there or null.
    JsonNode part(String name) {
        return orMissing(parts.get(name));
    }

    /// Field `name` of the model.
    JsonNode modelField(String name) {
        return orMissing(model.get(name));
    }

    TokenizerException error(String text) {
        return new TokenizerException("[tokenizer] %s: %s".formatted(path, text));
    }

    private static JsonNode orMissing(JsonNode node) {
        return node == null || node.isNull() ? MissingNode.getInstance() : node;
    }

    private void readModel(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("vocab") && token == JsonToken.START_OBJECT) {
                readVocabulary(parser);
            } else if (name.equals("vocab") && token == JsonToken.START_ARRAY) {
                readPieces(parser);
            } else if (name.equals("merges") && token == JsonToken.START_ARRAY) {
                readMerges(parser);
            } else {
                model.put(name, Json.subtree(parser, path.toString()));
            }
        }
    }

    private void readVocabulary(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String token = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getLongValue() < 0
                    || parser.getLongValue() > Integer.MAX_VALUE - 1) {
                throw error(
                        "model.vocab: token '%s' has id %s, expected 0 or more".formatted(token, parser.getString()));
            }
            vocabulary.put(token, parser.getIntValue());
        }
    }

    /// A unigram model's list of `[piece, score]`; ids are places in it.
    private void readPieces(JsonParser parser) {
        int id = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode piece = Json.subtree(parser, path.toString());
            if (!piece.path(0).isString()) {
                throw error("model.vocab: entry %d is no [piece, score]".formatted(id));
            }
            vocabulary.put(piece.path(0).stringValue(), id++);
        }
    }

    /// Merges are `"left right"` in older files, `["left", "right"]` in newer ones.
    private void readMerges(JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                String pair = parser.getString();
                int space = pair.indexOf(' ');
                if (space < 0 || space != pair.lastIndexOf(' ')) {
                    throw error(
                            "model.merges: entry %d is '%s', expected two tokens".formatted(merges.size() / 2, pair));
                }
                merges.add(pair.substring(0, space));
                merges.add(pair.substring(space + 1));
            } else {
                JsonNode pair = Json.subtree(parser, path.toString());
                if (!pair.isArray()
                        || pair.size() != 2
                        || !pair.path(0).isString()
                        || !pair.path(1).isString()) {
                    throw error("model.merges: entry %d is %s, expected two tokens".formatted(merges.size() / 2, pair));
                }
                merges.add(pair.path(0).stringValue());
                merges.add(pair.path(1).stringValue());
            }
        }
    }

    private void readAdded() {
        for (JsonNode token : part("added_tokens").values()) {
            if (!token.path("content").isString() || !token.path("id").isInt()) {
                throw error("added_tokens: an entry lacks its content or id");
            }
            added.add(new AddedToken(
                    token.path("id").intValue(),
                    token.path("content").stringValue(),
                    token.path("special").booleanValue(false),
                    !token.path("single_word").booleanValue(false)
                            && !token.path("lstrip").booleanValue(false)
                            && !token.path("rstrip").booleanValue(false),
                    token.path("normalized").booleanValue(true)));
        }
    }
}
