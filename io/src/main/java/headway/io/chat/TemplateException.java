package headway.io.chat;

/// A chat template that is malformed, asks for what it may not have, or refuses the conversation itself.
///
/// The text names the template, the line and what was expected.
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message);
    }

    TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
