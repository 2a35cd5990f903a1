package headway.io.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Texts on which tokenizers differ.
final class DifficultText {
    private DifficultText() {}

    static List<String> all() {
        var texts = new ArrayList<String>(List.of(
                "",
                " ",
                "   ",
                "\n",
                "a",
                "  a  ",
                "Hello, world! It's 2026; they're here, we'll see. I'd say 'twas it'S",
                "don''t ''s 's'll'x 'r 'v 'l",
                "public static void main(String[] args) {\n\tint x = 0x1F;\r\n    return;\n}\n\n\n",
                "tabs\t\tand \t mixed \u00A0 nbsp\u2003em\u3000ideographic\u2028line\u0085next",
                "\u0000\u0001\u0007\u001B[31m\u007F\u0080\u009F",
                "naïve café e\u0301 Ünïcödé ß ǆ ª º",
                "日本語のテキスト、中文文本，한국어 텍스트",
                "😀👍🏽👨‍👩‍👧‍👦🇩🇪 text🙂text",
                "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠀀𠀁 \uD834\uDD1E",
                "١٢٣ ½ ² Ⅷ ௧ 1٢a²b½",
                "שלום עולם مرحبا بالعالم हिन्दी ไทย",
                "\uFEFFbom \u200B zero \u200Dwidth \u00ADsoft \uFFFD \uFFFE",
                "<|endoftext|>",
                "a<|endoftext|>b <|endoftext|><|endoftext|> <|endoftext| >",
                "<|user|><|user|>>hi<|usr|>",
                "Ġfake Ċ spaces ĠĠ",
                "a".repeat(1000),
                "ab".repeat(200) + "é".repeat(200) + " " + "=".repeat(300) + " ".repeat(300) + "x"));
        var random = new Random(11);
        for (int i = 0; i < 300; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.appendCodePoint(codePoint(random));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /// Mostly ASCII and spaces, else any assigned character that is no surrogate.
    private static int codePoint(Random random) {
        String common = "aeinstE' \n\t.,0129'(-_<|>é  ";
        if (random.nextInt(3) > 0) {
            return common.charAt(random.nextInt(common.length()));
        }
        while (true) {
            int c = random.nextInt(random.nextBoolean() ? 0x3000 : 0x20000);
            int type = Character.getType(c);
            // Newer characters are letters to one library and unassigned to another.
            if (type != Character.SURROGATE && type != Character.UNASSIGNED && Character.UnicodeBlock.of(c) != null) {
                return c;
            }
        }
    }

    static final String CORPUS = """
            The quick brown fox jumps over the lazy dog. The dog doesn't care; it's lazy, isn't it?
            public final class Fox { private final int legs = 4; public int legs() { return legs; } }
            日本語のテキストと日本語のトークン。 naïve café, naïve café 😀😀 👍🏽
            aaaa aaaa aaaaaaa abababab bcbcbc 12 123 1234 12345    indented    indented
            \t\tif (x == 0) {\n\t\t\treturn x;\n\t\t}\n\n\n
            """.repeat(3);
}
