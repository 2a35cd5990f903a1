package headway.io.tokenizer;

import java.util.ArrayList;
import java.util.List;

/// Whisper's special tokens, in the order of their ids behind the ranks;
/// [Radford et al. 2022](https://arxiv.org/abs/2212.04356).
final class WhisperTokens {
    private static final String LANGUAGES = """
            en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur
            hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si
            km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln
            ha ba jw su yue""";

    private static final int TIMESTAMPS = 1501;

    private WhisperTokens() {}

    /// All of them, with the first `languages` languages: 99, or 100 since large-v3.
    static List<String> of(int languages) {
        var tokens = new ArrayList<String>(List.of("<|endoftext|>", "<|startoftranscript|>"));
        List.of(LANGUAGES.split("\\s+")).subList(0, languages).forEach(code -> tokens.add("<|" + code + "|>"));
        for (String task : "translate transcribe startoflm startofprev nospeech notimestamps".split(" ")) {
            tokens.add("<|" + task + "|>");
        }
        for (int i = 0; i < TIMESTAMPS; i++) {
            tokens.add("<|%d.%02d|>".formatted(i / 50, i % 50 * 2));
        }
        return tokens;
    }
}
