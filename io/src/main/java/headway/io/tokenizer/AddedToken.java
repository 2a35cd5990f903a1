package headway.io.tokenizer;

/// A token that is found in the text as it stands, before anything else is done to the text.
///
/// @param special left out by `decode(…, true)`
/// @param plain whether it matches anywhere and takes no spaces beside it (`single_word`, `lstrip`, `rstrip` all false)
/// @param normalized whether it is looked for in the normalized text
record AddedToken(int id, String content, boolean special, boolean plain, boolean normalized) {}
