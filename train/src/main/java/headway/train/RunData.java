package headway.train;

import headway.io.PreprocessorConfig;
import headway.io.SafetensorsFile;
import headway.io.audio.LogMel;
import headway.io.image.ImageProcessor;
import headway.io.tokenizer.BpeTrainer;
import headway.io.tokenizer.ByteTokenizer;
import headway.io.tokenizer.CharTokenizer;
import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Tokenizers;
import headway.kernels.Span;
import headway.models.Pretrained;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The data of a run as its model's [Kind] reads them: text or rows, the tokenizer, the names of classes.
final class RunData implements AutoCloseable {
    private final Run run;
    private final Path folder;
    private final Kind kind;
    private final Map<String, String> columns = new LinkedHashMap<>();
    private Corpus corpus;
    private List<DataRows.Row> rows = List.of();
    private List<DataRows.Row> held = List.of();
    private Tokenizer tokenizer;
    private SafetensorsFile opened;

    /// Reads what the run file names.
    ///
    /// @param known folder of a tokenizer that is there already; null where there is none
    RunData(Run run, Path folder, Kind kind, Path known) {
        this.run = run;
        this.folder = folder;
        this.kind = kind;
        kind.columns().forEach(role -> columns.put(role, role));
        run.columns()
                .properties()
                .forEach(c -> columns.put(c.getKey(), c.getValue().asString()));
        if (run.batches() != null) {
            tokenizer = known != null && Tokenizers.has(known) ? Tokenizers.of(known) : null;
            return;
        }
        if (kind == Kind.BATCHES) {
            throw Run.refused("this head learns from batches: (a safetensors file with the arguments of its forward);"
                    + " data: is for heads of text, classes, tags, answers, pairs, recordings and pictures");
        }
        if (kind.rows()) {
            readRows();
        } else {
            requireNoRows();
            corpus = Corpus.read(run.dataPaths(folder), columns.getOrDefault("text", "text"));
        }
        tokenizer = kind == Kind.IMAGES ? null : known != null ? Tokenizers.of(known) : tokenizer();
    }

    /// What is said of rows is not passed over in silence where there are none.
    private void requireNoRows() {
        boolean named = columns.isEmpty() || columns.keySet().equals(Set.of("text")) && hasColumns();
        String key = run.lines() != null
                ? "lines"
                : !named ? "columns" : run.evaluate().data() != null ? "evaluate.data" : null;
        if (key != null || run.data().isObject()) {
            throw Run.refused(
                    "%s: is for heads that learn from rows; this one learns from running text",
                    key == null ? "data: with columns" : key);
        }
    }

    private boolean hasColumns() {
        return !run.data().isObject()
                && run.dataPaths(folder).stream()
                        .filter(Files::exists)
                        .flatMap(path -> DataRows.files(path).stream())
                        .anyMatch(DataRows::hasColumns);
    }

    private void readRows() {
        List<DataRows.Row> all;
        if (run.data().isObject()) {
            var files = new LinkedHashMap<String, Path>();
            run.data()
                    .properties()
                    .forEach(c -> files.put(c.getKey(), Run.path(c.getValue().asString(), folder)));
            all = DataRows.beside(files);
        } else {
            all = DataRows.read(run.dataPaths(folder), run.lines());
        }
        // A second text that the rows have is read, whether columns: names it or not.
        if (kind == Kind.CLASSES && all.getFirst().values().has("text_pair")) {
            columns.putIfAbsent("text_pair", "text_pair");
        }
        int[] order = RowBatches.order(all.size(), run.seed(), -1);
        if (run.evaluate().data() != null) {
            rows = all;
            held = DataRows.read(List.of(Run.path(run.evaluate().data(), folder)), run.lines());
            return;
        }
        int kept = all.size()
                - (run.evaluate().every() > 0
                        ? (int) (all.size() * run.evaluate().fraction())
                        : 0);
        rows = Arrays.stream(order, 0, kept).mapToObj(all::get).toList();
        held = Arrays.stream(order, kept, all.size()).mapToObj(all::get).toList();
    }

    Tokenizer tokenizerOrNull() {
        return tokenizer;
    }

    private Tokenizer tokenizer() {
        JsonNode t = run.tokenizer();
        if (t.isMissingNode() || t.isNull()) {
            return trained(4096);
        }
        if (t.isObject()) {
            String way = t.path("train").asString("bpe");
            if (!way.equals("bpe")) {
                throw Run.refused("tokenizer.train is '%s'; this version trains bpe", way);
            }
            return trained(t.path("vocabSize").asInt(4096));
        }
        return switch (t.asString()) {
            case "bytes", "characters" -> plain(t.asString());
            case "bpe" -> trained(4096);
            default -> Tokenizers.of(Run.path(t.asString(), folder));
        };
    }

    private Tokenizer plain(String name) {
        if (kind != Kind.TEXT) {
            throw Run.refused(
                    "tokenizer: %s has no special tokens, which this head needs; take {train: bpe, vocabSize: N}",
                    name);
        }
        return name.equals("bytes") ? new ByteTokenizer() : CharTokenizer.of(corpus.documents());
    }

    private Tokenizer trained(int vocabSize) {
        var bpe = new BpeTrainer(vocabSize, kind == Kind.TEXT ? List.of("<|endoftext|>") : BpeTrainer.ROLES);
        texts().forEach(bpe::add);
        return kind == Kind.TEXT ? bpe.train() : bpe.trainWithEnds();
    }

    private List<String> texts() {
        if (corpus != null) {
            return corpus.documents();
        }
        var texts = new ArrayList<String>();
        for (DataRows.Row row : rows) {
            columns.forEach((role, column) -> {
                JsonNode value = row.values().path(column);
                if (role.startsWith("label")
                        || List.of("audio", "image", "answers").contains(role)) {
                    return;
                }
                if (value.isArray()) {
                    value.forEach(word -> texts.add(" " + word.asString()));
                } else {
                    texts.add(value.asString());
                }
            });
        }
        return texts;
    }

    /// Adds to `config` what the data say: the vocabulary, tokens with a role, names of classes.
    void complete(ObjectNode config) {
        if (tokenizer != null) {
            completeTokens(config, (ObjectNode) ofTexts(config));
        }
        if (kind.classColumn() != null && run.batches() == null && !config.has("id2label")) {
            List<String> names = names();
            if (names.size() > 1 || kind != Kind.CLASSES) {
                ObjectNode numbers = config.putObject("id2label");
                ObjectNode back = config.putObject("label2id");
                for (int i = 0; i < names.size(); i++) {
                    numbers.put(Integer.toString(i), names.get(i));
                    back.put(names.get(i), i);
                }
            }
        }
    }

    /// @param inner the part of `config` that reads or writes texts
    private void completeTokens(ObjectNode config, ObjectNode inner) {
        int image = kind == Kind.PROMPTS ? tokenizer.vocabSize() : -1;
        boolean grids = image >= 0 && seesGrids(config);
        put(inner, "vocab_size", Math.max(tokenizer.vocabSize(), image + (grids ? 2 : 1)));
        if (grids) {
            put(config, "image_token_id", image);
            put(config, "video_token_id", image + 1);
        } else if (image >= 0 && !config.has("image_token_id")) {
            put(config, "image_token_index", image);
        }
        tokenizer.eosId().ifPresent(id -> put(inner, "eos_token_id", id));
        tokenizer.bosId().ifPresent(id -> put(inner, "bos_token_id", id));
        if (kind != Kind.TEXT) {
            tokenizer.padId().ifPresent(id -> put(inner, "pad_token_id", id));
        }
        // Decoders that only read begin a text as those that write one do.
        boolean two = List.of("bart", "led", "t5", "mt5")
                .contains(config.path("model_type").asString(""));
        if (kind.writes() || two) {
            tokenizer.bosId().ifPresent(id -> put(config, "decoder_start_token_id", id));
        }
        if (kind == Kind.CAPTIONS) {
            tokenizer.padId().ifPresent(id -> put(config, "pad_token_id", id));
            tokenizer.eosId().ifPresent(id -> put(config, "eos_token_id", id));
        }
    }

    /// Whether pictures of any size are seen, as patches.
    private static boolean seesGrids(JsonNode config) {
        return List.of("qwen2_vl", "qwen2_5_vl")
                .contains(config.path("model_type").asString(""));
    }

    /// The part of a config that reads or writes texts, and then that which sees pictures; the whole where it has no
    /// parts.
    private static JsonNode ofTexts(JsonNode config) {
        return config.has("text_config")
                ? config.path("text_config")
                : config.path("decoder").isObject() ? config.path("decoder") : config;
    }

    private static JsonNode ofPictures(JsonNode config) {
        return config.has("vision_config")
                ? config.path("vision_config")
                : config.path("encoder").isObject() ? config.path("encoder") : config;
    }

    private static void put(ObjectNode config, String key, int value) {
        if (!config.has(key)) {
            config.put(key, value);
        }
    }

    /// Names of the classes in the data, numbers in their order, others in that of the alphabet.
    private List<String> names() {
        String column = columns.get(kind.classColumn());
        var names = new ArrayList<String>();
        for (DataRows.Row row : rows) {
            JsonNode value = row.value(column);
            if (value.isArray()) {
                value.forEach(name -> names.add(name.asString()));
            } else {
                names.add(value.asString());
            }
        }
        boolean numbers = names.stream().allMatch(name -> name.matches("-?\\d{1,9}"));
        Comparator<String> order = numbers ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder();
        return names.stream().distinct().sorted(order).toList();
    }

    /// The batches for `model`.
    Batches batches(Pretrained model, Arena arena) {
        JsonNode config = model.config();
        if (run.batches() != null) {
            var file = SafetensorsFile.open(Run.path(run.batches(), folder));
            opened = file;
            if (kind != Kind.TEXT) {
                return new StoredArguments(
                        file, run.steps(), run.accumulate(), model.model().arguments());
            }
            var stored = new StoredBatches(
                    file, run.steps(), run.accumulate(), model.decoder().sizes().vocabSize());
            int most = model.decoder().sizes().maxPositions();
            if (stored.sequenceLength() > most) {
                throw Run.refused(
                        "%s: input_ids has rows of %d tokens; the model has %d positions",
                        run.batches(), stored.sequenceLength(), most);
            }
            return stored;
        }
        int most = positions(model);
        int pad = config.path("pad_token_id").asInt(0);
        int start = config.path("decoder_start_token_id").asInt(-1);
        return switch (kind) {
            case TEXT -> text(run.sequenceLength(), most, arena);
            case MASKED -> masked(most, arena);
            case CLASSES ->
                rows(new ClassifyTexts(
                        tokenizer,
                        columns,
                        classes(config),
                        most,
                        pad,
                        model.model().arguments().contains("token_type_ids")));
            case TAGS -> rows(new TagTokens(tokenizer, SpecialEnds.of(tokenizer), columns, classes(config), most, pad));
            case PAIRS -> rows(new WriteTexts(tokenizer, columns, most, pad, start));
            case SOUNDS -> rows(new WriteSounds(frontEnd(config), tokenizer, columns, most, start));
            case ANSWERS ->
                rows(new FindAnswers(
                        tokenizer, columns, most, pad, model.model().arguments().contains("token_type_ids")));
            case CAPTIONS, MATCHES, PROMPTS -> pictures(config, ImageProcessor.of(preprocessor(config)), start, most);
            case IMAGES -> rows(new ClassifyImages(ImageProcessor.of(preprocessor(config)), columns, classes(config)));
            case BATCHES -> throw new IllegalStateException("batches without a file");
        };
    }

    private Batches pictures(JsonNode config, ImageProcessor frontEnd, int start, int most) {
        if (!frontEnd.cuts()) {
            return rows(new TellImages(frontEnd, tokenizer, columns, use(config, start), most));
        }
        int pad = ofTexts(config).path("pad_token_id").asInt(0);
        return rows(new TellPatches(
                frontEnd,
                tokenizer,
                columns,
                most,
                token(config, "vision_start_token_id"),
                config.path("image_token_id").asInt(),
                token(config, "vision_end_token_id"),
                pad));
    }

    private static List<Integer> token(JsonNode config, String key) {
        return config.path(key).isInt() ? List.of(config.path(key).intValue()) : List.of();
    }

    private TellImages.Use use(JsonNode config, int start) {
        int pad = ofTexts(config).path("pad_token_id").asInt(0);
        if (kind == Kind.CAPTIONS) {
            return new TellImages.Use.Caption(start);
        }
        if (kind == Kind.MATCHES) {
            return new TellImages.Use.Match(pad);
        }
        JsonNode seen = ofPictures(config);
        int side = seen.path("image_size").asInt(224) / seen.path("patch_size").asInt(32);
        boolean whole = config.path("vision_feature_select_strategy")
                .asString("default")
                .equals("full");
        int image = config.path("image_token_index")
                .asInt(config.path("image_token_id").asInt(32000));
        return new TellImages.Use.Prompt(image, side * side + (whole ? 1 : 0), pad);
    }

    private <E> Batches rows(Objective<E> objective) {
        List<E> train = rows.parallelStream().map(objective::example).toList();
        List<E> kept = held.parallelStream().map(objective::example).toList();
        return new RowBatches<>(objective, train, kept, run.batchSize(), run.accumulate(), run.seed());
    }

    private TextBatches text(int length, int most, Arena arena) {
        if (run.sequenceLength() > most) {
            throw Run.refused("sequenceLength: %d is more than the model's %d positions", run.sequenceLength(), most);
        }
        Span tokens = corpus.tokens(tokenizer, arena);
        boolean evaluates = run.evaluate().every() > 0;
        long last = evaluates ? (long) (tokens.count() * run.evaluate().fraction()) : 0;
        return new TextBatches(tokens, last, run.batchSize(), length, run.accumulate(), run.seed());
    }

    private Batches masked(int most, Arena arena) {
        var ends = SpecialEnds.of(tokenizer);
        int inner = run.sequenceLength() - ends.length();
        return new GuessTokens(text(inner, most, arena), tokenizer, ends, run.seed(), run.accumulate());
    }

    /// Most tokens of a row: the run's, or fewer where the model has fewer positions.
    private int positions(Pretrained model) {
        if (kind == Kind.TEXT) {
            return model.decoder().sizes().maxPositions();
        }
        JsonNode config = ofTexts(model.config());
        int most = Integer.MAX_VALUE;
        for (String key : List.of("max_position_embeddings", "max_target_positions", "n_positions")) {
            most = config.path(key).isInt() ? Math.min(most, config.path(key).intValue()) : most;
        }
        // RoBERTa's positions begin behind that of the padding.
        boolean behindPadding = List.of("roberta", "xlm-roberta", "camembert")
                .contains(config.path("model_type").asString(""));
        if (behindPadding && most < Integer.MAX_VALUE) {
            most -= config.path("pad_token_id").asInt(1) + 1;
        }
        return kind == Kind.MASKED ? most : Math.min(run.sequenceLength(), most);
    }

    private static List<String> classes(JsonNode config) {
        int n = config.path("id2label").isObject()
                ? config.path("id2label").size()
                : config.path("num_labels").asInt(2);
        var names = new ArrayList<String>();
        for (int i = 0; i < n; i++) {
            names.add(config.path("id2label").path(Integer.toString(i)).asString("LABEL_" + i));
        }
        return names;
    }

    /// Whisper's front end; a new model's window is as long as its positions.
    LogMel frontEnd(JsonNode config) {
        if (run.init() != null) {
            return LogMel.of(
                    headway.io.Checkpoint.locate(Run.path(run.init(), folder).toString()));
        }
        int seconds = config.path("max_source_positions").asInt(1500) / 50;
        if (seconds < 1) {
            throw Run.refused("max_source_positions is below 50, which is one second of sound");
        }
        return new LogMel(
                new LogMel.Config(config.path("num_mel_bins").asInt(80), 16000, 160, seconds, 400, 0, 0, false));
    }

    /// What the pictures' front end is: that of `init`, else pixels to -1 … 1 at the model's size.
    private PreprocessorConfig preprocessor(JsonNode config) {
        if (run.init() != null) {
            return PreprocessorConfig.read(
                    headway.io.Checkpoint.locate(Run.path(run.init(), folder).toString()), "image_processor");
        }
        JsonNode seen = ofPictures(config);
        int size = seen.path("image_size").asInt(224);
        ObjectNode json = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        boolean grids = seesGrids(config);
        json.put("image_processor_type", grids ? "Qwen2VLImageProcessor" : "ViTImageProcessor");
        json.put("do_resize", true).put("do_rescale", true).put("do_normalize", true);
        json.put("resample", 2).put("rescale_factor", 1 / 255.0);
        if (grids) {
            int patch = seen.path("patch_size").asInt(14);
            int merge = seen.path("spatial_merge_size").asInt(2);
            json.put("patch_size", patch).put("merge_size", merge);
            json.put("temporal_patch_size", seen.path("temporal_patch_size").asInt(2));
            json.put("min_pixels", patch * merge * patch * merge).put("max_pixels", 28 * 28 * 1280);
        } else {
            json.putObject("size").put("height", size).put("width", size);
        }
        json.putArray("image_mean").add(0.5).add(0.5).add(0.5);
        json.putArray("image_std").add(0.5).add(0.5).add(0.5);
        return new PreprocessorConfig(Path.of("preprocessor_config.json"), json);
    }

    /// Files that the finished folder needs beside the model and its tokenizer.
    void save(Path output, JsonNode config) {
        if (kind.sees() && run.batches() == null) {
            headway.io.AtomicFiles.writeString(
                    output.resolve("preprocessor_config.json"),
                    preprocessor(config).json().toPrettyString() + "\n");
        }
        if (kind != Kind.SOUNDS || run.batches() != null) {
            return;
        }
        LogMel.Config c = frontEnd(config).config();
        headway.io.AtomicFiles.writeString(output.resolve("preprocessor_config.json"), """
                {
                  "feature_extractor_type": "WhisperFeatureExtractor",
                  "feature_size": %d,
                  "sampling_rate": %d,
                  "hop_length": %d,
                  "chunk_length": %d,
                  "n_fft": %d,
                  "n_samples": %d,
                  "nb_max_frames": %d,
                  "padding_value": 0.0,
                  "padding_side": "right",
                  "return_attention_mask": false
                }
                """.formatted(
                        c.featureSize(),
                        c.samplingRate(),
                        c.hopLength(),
                        c.chunkLength(),
                        c.nFft(),
                        c.chunkLength() * c.samplingRate(),
                        c.chunkLength() * c.samplingRate() / c.hopLength()));
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
