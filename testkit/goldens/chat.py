"""Conversations as transformers renders them by templates of our own, with the constructs that well-known models use.

`chat/NAME.jinja` are the templates, `chat/rendered.json` a list of {"template", "messages", "variables", "ending",
"text"}, or with "error" instead of a text.
"""

import transformers
from tokenizers import Tokenizer, models

import common

FOLDER = common.HERE / "chat"
USER = {"role": "user", "content": " What's 2 + 2?\n"}
ANSWER = {"role": "assistant", "content": "It's 4. "}
SYSTEM = {"role": "system", "content": "Be brief; say \"so\". Grüße 😀"}
TOOL = {"type": "function", "function": {"name": "add", "description": "Adds <two> numbers & 'more'", "parameters": {
    "type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "number", "default": 1.5}, "unit": {"type": "string", "enum": ["m", "é"]}},
    "required": ["a", "b"]}}}
CALLS = {"role": "assistant", "content": None, "tool_calls": [
    {"type": "function", "function": {"name": "add", "arguments": {"a": 2, "b": [1, "é", None, True]}}}, {"name": "sub", "arguments": "{\"x\": 1}"}]}
PICTURES = {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Look: "}, {"type": "image", "image": "x.png"}]}
CONVERSATIONS = {
    "one": [USER], "two": [USER, ANSWER], "system": [SYSTEM, USER, ANSWER, {"role": "user", "content": "And 3 + 3?"}], "wrong": [ANSWER, USER],
    "tools": [USER, CALLS, {"role": "tool", "content": {"sum": 4.0}}, {"role": "tool", "content": "4"}, ANSWER],
    "thought": [USER, {"role": "assistant", "content": "<think>\nadd\n</think>\n\n4"}, USER, {"role": "assistant", "content": "so\n", "reasoning": "hm"}],
    "pictures": [PICTURES, ANSWER], "nested": [{"role": "user", "content": "a", "parts": [{"role": "x", "parts": [{"role": "y"}]}]}],
}  # fmt: skip
CASES = {
    "plain": ["one", "two", "system"], "turns": ["one", "two", "system", "wrong"], "tools": ["one", "tools"], "reasoning": ["one", "two", "thought"],
    "blocks": ["one", "pictures"], "macros": ["two", "nested"], "values": ["system"], "whitespace": ["one"], "documents": ["two", "system"], "alternate": ["system", "two"],
}  # fmt: skip
VARIABLES = {
    "tools": [{}, {"tools": [TOOL, TOOL]}], "reasoning": [{}, {"enable_thinking": False}], "alternate": [{}, {"strict": True}],
    "documents": [{}, {"documents": [{"id": 1, "title": "T", "text": "line\nline"}, {"title": "Ü", "n": [1, 2.5]}], "custom_flag": True}],
}  # fmt: skip


def main():
    t = transformers.PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.WordLevel({"a": 0}, "a")), bos_token="<s>", eos_token="</s>")
    rows = []
    for name, conversations in CASES.items():
        t.chat_template = (FOLDER / f"{name}.jinja").read_text(encoding="utf-8")
        for conversation in conversations:
            for variables in VARIABLES.get(name, [{}]):
                for ending in ("complete", "generation_prompt", "continue_final_message"):
                    messages = CONVERSATIONS[conversation]
                    row = {"template": name, "messages": messages, "variables": variables, "ending": ending}
                    options = {} if ending == "complete" else {
                        "generation_prompt": {"add_generation_prompt": True}, "continue_final_message": {"continue_final_message": True}}[ending]
                    try:
                        row["text"] = t.apply_chat_template(messages, tokenize=False, **variables, **options)
                    except Exception as e:
                        row["error"] = f"{type(e).__name__}: {e}"
                    rows.append(row)
    common.write_json(FOLDER / "rendered.json", rows, lines=True)
    print(len(rows), [(r["template"], r["error"]) for r in rows if "error" in r])
    import jinja2

    common.write_versions(FOLDER, jinja2)


if __name__ == "__main__":
    main()
