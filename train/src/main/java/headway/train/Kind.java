package headway.train;

import java.util.List;

/// What a head is trained on, told by its name.
enum Kind {
    /// Running text, each token followed by the next.
    TEXT,
    /// Running text with tokens to be guessed.
    MASKED,
    /// Texts with a label: columns `text`, `label`, and `text_pair` where there is one.
    CLASSES("text", "label"),
    /// Words with a label each: `tokens`, `labels`.
    TAGS("tokens", "labels"),
    /// Pairs of texts: `source`, `target`.
    PAIRS("source", "target"),
    /// Recordings with what is said: `audio`, `text`.
    SOUNDS("audio", "text"),
    /// Pictures with a label: `image`, `label`.
    IMAGES("image", "label"),
    /// Questions with a text that answers them: `question`, `context`, `answers`.
    ANSWERS("question", "context", "answers"),
    /// Pictures with what is to be written about them: `image`, `text`.
    CAPTIONS("image", "text"),
    /// Pictures with a text each that no other fits: `image`, `text`.
    MATCHES("image", "text"),
    /// Pictures with a text that goes on after them: `image`, `text`.
    PROMPTS("image", "text"),
    /// Anything else: batches that are made elsewhere.
    BATCHES;

    private final List<String> columns;

    Kind(String... columns) {
        this.columns = List.of(columns);
    }

    /// Columns that data need.
    List<String> columns() {
        return columns;
    }

    /// Whether there are pictures.
    boolean sees() {
        return columns.contains("image");
    }

    /// Whether a text is written, token by token.
    boolean writes() {
        return this == PAIRS || this == SOUNDS || this == CAPTIONS;
    }

    /// The column whose values are names of classes; null where there are none.
    String classColumn() {
        return this == TAGS ? "labels" : columns.contains("label") ? "label" : null;
    }

    /// Whether data have columns.
    boolean rows() {
        return !columns.isEmpty();
    }

    static Kind of(String head) {
        if (head.endsWith("ForCausalLM") || head.endsWith("LMHeadModel")) {
            return TEXT;
        }
        if (head.endsWith("ForMaskedLM")) {
            return MASKED;
        }
        if (head.endsWith("ForSequenceClassification")) {
            return CLASSES;
        }
        if (head.endsWith("ForQuestionAnswering")) {
            return ANSWERS;
        }
        if (head.equals("VisionEncoderDecoderModel")) {
            return CAPTIONS;
        }
        if (head.equals("CLIPModel")) {
            return MATCHES;
        }
        if (head.startsWith("Llava") || head.startsWith("Qwen2VL") || head.startsWith("Qwen2_5_VL")) {
            return PROMPTS;
        }
        if (head.endsWith("ForTokenClassification")) {
            return TAGS;
        }
        if (head.endsWith("ForImageClassification")) {
            return IMAGES;
        }
        if (head.startsWith("Whisper")) {
            return SOUNDS;
        }
        if (head.endsWith("ForConditionalGeneration") || head.endsWith("MTModel")) {
            return PAIRS;
        }
        return BATCHES;
    }
}
