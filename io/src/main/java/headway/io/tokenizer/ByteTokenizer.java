package headway.io.tokenizer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// One token a byte of UTF-8, 256 in all: id and byte are the same number.
public final class ByteTokenizer implements Tokenizer {
    /// A byte-level BPE that has learnt no merge.
    private final ByteLevelBpe bytes;

    /// The only byte tokenizer there is, really.
    public ByteTokenizer() {
        Map<String, Integer> model = new LinkedHashMap<>();
        for (int b = 0; b < 256; b++) {
            model.put(String.valueOf(ByteAlphabet.charOf(b)), b);
        }
        var options = new ByteLevelBpe.Options(false, false);
        bytes = new ByteLevelBpe(
                model, List.of(), new ArrayList<>(), PostProcessor.NONE, TokenizerConfig.NONE, options);
    }

    @Override
    public Encoding encode(String text, boolean addSpecialTokens) {
        return bytes.encode(text, addSpecialTokens);
    }

    @Override
    public Encoding encodePair(String first, String second, boolean addSpecialTokens) {
        return bytes.encodePair(first, second, addSpecialTokens);
    }

    @Override
    public List<Encoding> encodeWindows(String text, boolean addSpecialTokens, Truncation truncation) {
        return bytes.encodeWindows(text, addSpecialTokens, truncation);
    }

    @Override
    public List<Encoding> encodePairWindows(
            String first, String second, boolean addSpecialTokens, Truncation truncation) {
        return bytes.encodePairWindows(first, second, addSpecialTokens, truncation);
    }

    @Override
    public int[] encodeIds(String text, boolean addSpecialTokens) {
        byte[] utf8 = WellFormed.of(text).getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[utf8.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = utf8[i] & 0xFF;
        }
        return ids;
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        return bytes.decode(ids, skipSpecialTokens);
    }

    @Override
    public int addedTokens() {
        return 0;
    }

    @Override
    public int vocabSize() {
        return 256;
    }

    /// Id of a token as the vocabulary spells it: a space is `Ġ`.
    @Override
    public OptionalInt idOf(String token) {
        return bytes.idOf(token);
    }

    @Override
    public String tokenOf(int id) {
        return bytes.tokenOf(id);
    }

    /// Writes `tokenizer.json` and `tokenizer_config.json` into `folder`, as Hugging Face loads them.
    public void save(Path folder) {
        bytes.save(folder);
    }
}
