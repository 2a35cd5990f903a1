package headway.io.tokenizer;

import headway.io.tokenizer.SentencePieceModel.Piece;
import headway.io.tokenizer.VocabularyFiles.Converted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// SentencePiece models of the encoders that put `[CLS]` and `[SEP]` around a text, or XLNet's marks behind it.
record SentencePieceEncoders(SentencePieceFiles of) {
    Converted albert() {
        Map<String, String> defaults = Map.of(
                "bos_token",
                "[CLS]",
                "eos_token",
                "[SEP]",
                "unk_token",
                "<unk>",
                "sep_token",
                "[SEP]",
                "pad_token",
                "<pad>",
                "cls_token",
                "[CLS]",
                "mask_token",
                "[MASK]");
        Map<String, Integer> ids = SentencePieceFiles.ids(of.model.pieces);
        of.unigram(of.model.pieces, 1, false);
        var steps = new ArrayList<>(
                List.of(TokenizerParts.replace("``", "\"", false), TokenizerParts.replace("''", "\"", false)));
        if (!of.settings.flag("keep_accents", false)) {
            steps.add(TokenizerParts.of("NFKD"));
            steps.add(TokenizerParts.of("StripAccents"));
        }
        if (of.settings.flag("do_lower_case", true)) {
            steps.add(TokenizerParts.of("Lowercase"));
        }
        steps.addAll(of.charsmap());
        of.normalizer(steps);
        of.words(true);
        of.addPieces(of.model.pieces, ids, true);
        of.settings.addTokens(of.parts, ids, defaults);
        of.parts.template("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", ids);
        return of.done(defaults);
    }

    private static final Map<String, String> BRACKETS =
            Map.of("sep_token", "[SEP]", "pad_token", "[PAD]", "cls_token", "[CLS]", "mask_token", "[MASK]");

    private static Map<String, String> with(Map<String, String> defaults, String... more) {
        var all = new HashMap<>(defaults);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    Converted debertaV2() {
        Map<String, String> defaults = with(BRACKETS, "bos_token", "[CLS]", "eos_token", "[SEP]", "unk_token", "[UNK]");
        String mask = of.settings.content("mask_token", "[MASK]");
        boolean has = of.model.pieces.stream().anyMatch(p -> p.text().equals(mask));
        List<Piece> pieces = of.pieces(0, List.of(), has ? List.of() : List.of(mask));
        Map<String, Integer> ids = SentencePieceFiles.ids(pieces);
        of.unigram(pieces, ids.getOrDefault(of.settings.content("unk_token", "[UNK]"), 1), false);
        var steps = new ArrayList<ObjectNode>();
        if (of.settings.flag("do_lower_case", false)) {
            steps.add(TokenizerParts.of("Lowercase"));
        }
        steps.add(TokenizerParts.replace("\\s{2,}|[\n\r\t]", " ", true));
        steps.add(TokenizerParts.of("NFC"));
        steps.add(TokenizerParts.of("Strip").put("strip_left", false).put("strip_right", true));
        of.normalizer(steps);
        of.words(false);
        if (of.settings.flag("split_by_punct", false)) {
            var cuts = List.of(
                    TokenizerParts.of("Punctuation").put("behavior", "Isolated"),
                    TokenizerParts.metaspace("always", true));
            of.parts.json.set("pre_tokenizer", TokenizerParts.sequence("pretokenizers", cuts));
        }
        of.addPieces(of.model.pieces, ids, true);
        of.settings.addTokens(of.parts, ids, defaults);
        of.parts.template("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", ids);
        return of.done(defaults);
    }

    Converted bigBird() {
        Map<String, String> defaults =
                with(BRACKETS, "bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>", "pad_token", "<pad>");
        Map<String, Integer> ids = SentencePieceFiles.ids(of.model.pieces);
        of.unigram(of.model.pieces, ids.getOrDefault("<unk>", 100), false);
        of.normalizer(List.of(TokenizerParts.replace(" {2,}", "▁", true)));
        of.words(false);
        of.addPieces(of.model.pieces, ids, true);
        of.settings.addTokens(of.parts, ids, defaults);
        of.parts.template("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", ids);
        return of.done(defaults);
    }

    Converted xlNet() {
        Map<String, String> defaults = with(SentencePieceFiles.FAIRSEQ, "sep_token", "<sep>", "cls_token", "<cls>");
        Map<String, Integer> ids = SentencePieceFiles.ids(of.model.pieces);
        of.unigram(of.model.pieces, 0, false);
        var steps = new ArrayList<>(
                List.of(TokenizerParts.replace("``", "\"", false), TokenizerParts.replace("''", "\"", false)));
        steps.add(TokenizerParts.of("NFKD"));
        steps.add(TokenizerParts.of("StripAccents"));
        if (of.settings.flag("do_lower_case", false)) {
            steps.add(TokenizerParts.of("Lowercase"));
        }
        steps.addAll(of.charsmap());
        of.normalizer(steps);
        of.words(true);
        of.addPieces(of.model.pieces, ids, true);
        of.settings.addTokens(of.parts, ids, defaults);
        of.parts.template("$A <sep> <cls>:2", "$A <sep> $B:1 <sep>:1 <cls>:2", ids);
        return of.done(defaults);
    }
}
