"""Where answers begin and end in tokens, by Hugging Face's recipe for question answering: `positions.json` beside a
checkpoint that tasks.py makes.

    python answer_positions.py
"""

import transformers

from common import HERE, write_json
from tasks import CORPUS

FOLDER = HERE / "tasks" / "answer-bert"
LONG = " ".join(CORPUS[:12])
ROWS = [
    ("who is proud?", "Caius Marcius is proud and the people are hungry.", "Caius Marcius"),
    ("who is hungry?", "Caius Marcius is proud and the people are hungry.", "the people"),
    ("naïve 😀?", "a 😀 naïve Ünïcode text, 😀 so be it", "Ünïcode text"),
    ("what?", "resolved rather to die than to famish", "ather"),
    ("where?", LONG, LONG[-30:-12]),
    ("first?", LONG, LONG[:14]),
    ("none?", LONG, ""),
    ("across windows?", LONG, LONG[20:400]),
]


def main():
    tokenizer = transformers.AutoTokenizer.from_pretrained(FOLDER)
    stored = []
    for question, context, answer in ROWS:
        begin = context.index(answer) if answer else 0
        end = begin + len(answer)
        windows = tokenizer(question, context, truncation="only_second", max_length=40, stride=10,
                            return_overflowing_tokens=True, return_offsets_mapping=True)
        found, row = (0, 0), 0
        for number in range(len(windows["input_ids"])) if answer else []:
            offsets, sequence = windows["offset_mapping"][number], windows.sequence_ids(number)
            first = sequence.index(1)
            last = len(sequence) - 1 - sequence[::-1].index(1)
            if offsets[first][0] > begin or offsets[last][1] < end:
                continue
            while first < len(offsets) and sequence[first] == 1 and offsets[first][0] <= begin:
                first += 1
            while sequence[last] == 1 and offsets[last][1] >= end:
                last -= 1
            found, row = (first - 1, last + 1), number
            break
        stored.append({"question": question, "context": context, "answers": {"text": [answer] if answer else [],
                       "answer_start": [begin] if answer else []}, "ids": windows["input_ids"][row], "start": found[0], "end": found[1]})
    write_json(FOLDER / "positions.json", stored, lines=True)
    print([(s["start"], s["end"], len(s["ids"])) for s in stored])


if __name__ == "__main__":
    main()
