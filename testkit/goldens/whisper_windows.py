"""What Whisper's `generate` writes window after window where a window may be written again at another temperature,
skipped for silence, or shown what was said before: `windows.json` beside the checkpoint that tasks.py makes.

    python whisper_windows.py

Temperatures above 0 come with `top_k=1`, so that chance decides nothing: such a window is written greedily, which
differs from the beams at temperature 0. Weights moved by 3e-6 give the same.
"""

import torch
import transformers

from common import HERE, generator, write_json
from tasks import tone

FOLDER = HERE / "tasks" / "transcribe-whisper"
BEAMS = dict(num_beams=3, temperature=(0.0, 0.4), top_k=1)
PROMPT = "speak of the people"
SILENCE = (0.00005, 0.0002, 0.00055, 0.00065)
CASES = (
    [("logprob", 9.3, dict(logprob_threshold=t, **BEAMS)) for t in (-1.0, -2.75, -4.0)]
    + [("ratio", 9.3, dict(compression_ratio_threshold=t, **BEAMS)) for t in (2.0, 5.5, 6.0)]
    + [("both", 9.3, dict(compression_ratio_threshold=6.0, logprob_threshold=-2.8, **BEAMS))]
    + [("silence", 9.3, dict(logprob_threshold=-2.6, no_speech_threshold=t, **BEAMS)) for t in SILENCE]
    + [("silence-once", 7.1, dict(logprob_threshold=-2.75, no_speech_threshold=SILENCE[1], temperature=0.0))]
    + [("previous", 9.3, dict(condition_on_prev_tokens=True))]
    + [("previous-beams", 9.3, dict(condition_on_prev_tokens=True, num_beams=2, max_new_tokens=12))]
    + [("previous-hot", 9.3, dict(condition_on_prev_tokens=True, logprob_threshold=t, temperature=(0.0, 0.6), top_k=1,
                                  num_beams=3)) for t in (-1.0, -2.75, -2.9)]
    + [("prompt", 7.1, dict(prompt=PROMPT)), ("prompt-short", 1.5, dict(prompt=PROMPT))]
    + [("prompt-previous", 7.1, dict(prompt=PROMPT, condition_on_prev_tokens=True))]
    + [("prompt-all", 7.1, dict(prompt=PROMPT, condition_on_prev_tokens=True, prompt_condition_type="all-segments"))]
)


def run(model, tokenizer, features, options):
    options = dict(options)
    prompt = options.pop("prompt", None)
    if prompt is not None:
        options["prompt_ids"] = torch.tensor(tokenizer("<|startofprev|>" + " " + prompt, add_special_tokens=False).input_ids)
    model.generation_config = transformers.GenerationConfig.from_pretrained(FOLDER)
    with torch.no_grad():
        out = model.generate(features.input_features, attention_mask=features.attention_mask, return_segments=True,
                             return_timestamps=True, language="en", task="transcribe", **options)
    return [{"start": float(s["start"]), "end": float(s["end"]), "tokens": s["tokens"].tolist()} for s in out["segments"][0]]


def main():
    load = lambda: transformers.WhisperForConditionalGeneration.from_pretrained(FOLDER).eval()
    tokenizer = transformers.PreTrainedTokenizerFast.from_pretrained(FOLDER)
    extract = transformers.WhisperFeatureExtractor.from_pretrained(FOLDER)
    others = []
    for seed in (1, 2):
        g = generator(seed)
        others.append(load())
        with torch.no_grad():
            for parameter in others[-1].parameters():
                parameter.mul_(1 + 3e-6 * torch.randn(parameter.shape, generator=g))
    stored = []
    for name, seconds, options in CASES:
        sound = tone(seconds)
        long = len(sound) > 32000
        features = extract(sound, sampling_rate=16000, return_tensors="pt", return_attention_mask=True,
                           **({"truncation": False, "padding": "longest"} if long else {}))
        segments = run(load(), tokenizer, features, options)
        stable = all(run(other, tokenizer, features, options) == segments for other in others)
        print(name, {k: v for k, v in options.items() if "threshold" in k}, len(segments), hash(str(segments)) % 10000,
              "" if stable else "UNSTABLE", [len(s["tokens"]) for s in segments], flush=True)
        if stable:
            stored.append({"name": name, "input": seconds, "options": options, "segments": segments})
    write_json(FOLDER / "windows.json", stored, lines=True)


if __name__ == "__main__":
    main()
