/// Chat templates: conversations to the text that a model was trained on.
///
/// [headway.io.chat.ChatTemplate] finds and renders them; the rest is an interpreter for the part of Jinja2 that such
/// templates are written in. `docs/decisions/0011-chat-templates.md` says why it is our own.
package headway.io.chat;
