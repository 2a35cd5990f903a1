"""The small data that examples/runs/families learn from; everything is drawn here. Standard library only.

    python make.py
"""
import json
import math
import pathlib
import random
import struct
import wave
import zlib

HERE = pathlib.Path(__file__).resolve().parent
r = random.Random(7)

ANIMALS = {"cat": "purrs", "dog": "barks", "cow": "moos", "owl": "hoots"}
COLOURS = ["red", "blue", "green", "old", "tiny", "quick"]
with open(HERE / "rows.jsonl", "w") as out:
    for _ in range(400):
        animal = r.choice(list(ANIMALS))
        words = ["the", r.choice(COLOURS), animal, r.choice(["often", "never", "always"]), ANIMALS[animal]]
        tags = ["O", "COLOUR", "ANIMAL", "O", "SOUND"]
        letters = [r.choice("abcdef") for _ in range(r.randint(2, 5))]
        row = {"text": " ".join(words), "label": animal, "tokens": words, "labels": tags,
               "source": " ".join(letters), "target": " ".join(reversed(letters))}
        out.write(json.dumps(row) + "\n")


def png(rows):
    def part(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", b"")


def shape(kind):
    x0, y0, size = r.randint(4, 11), r.randint(4, 11), r.randint(3, 4)
    ink = r.randint(150, 255)
    seen = {"square": lambda x, y: max(abs(x), abs(y)) <= size, "cross": lambda x, y: min(abs(x), abs(y)) <= 1
            and max(abs(x), abs(y)) <= size, "bar": lambda x, y: abs(y) <= 1}[kind]
    return png([[ink if seen(x - x0, y - y0) else 20 for x in range(16)] for y in range(16)])


(HERE / "shapes").mkdir(exist_ok=True)
with open(HERE / "shapes.jsonl", "w") as out:
    for i in range(60):
        kind = ["square", "cross", "bar"][i % 3]
        (HERE / "shapes" / f"{kind}-{i:02}.png").write_bytes(shape(kind))
        out.write(json.dumps({"image": f"shapes/{kind}-{i:02}.png", "label": kind}) + "\n")

(HERE / "tones").mkdir(exist_ok=True)
with open(HERE / "tones.jsonl", "w") as out:
    for i in range(18):
        kind = ["low", "high", "rising"][i % 3]
        start = {"low": 300, "high": 1500, "rising": 300}[kind] * r.uniform(0.9, 1.1)
        end = start * (4 if kind == "rising" else 1)
        phase, samples = 0.0, bytearray()
        for t in range(3200):
            phase += 2 * math.pi * (start + (end - start) * t / 3200) / 8000
            samples.append(128 + int(90 * math.sin(phase)) + r.randint(-8, 8))
        with wave.open(str(HERE / "tones" / f"{kind}-{i:02}.wav"), "wb") as w:
            w.setparams((1, 1, 8000, 0, "NONE", ""))
            w.writeframes(bytes(samples))
        out.write(json.dumps({"audio": f"tones/{kind}-{i:02}.wav", "text": kind}) + "\n")

r = random.Random(8)
with open(HERE / "questions.jsonl", "w") as out:
    for _ in range(300):
        animal = r.choice(list(ANIMALS))
        colour, often = r.choice(COLOURS), r.choice(["often", "never", "always"])
        context = f"the {colour} {animal} {often} {ANIMALS[animal]}"
        question, answer = r.choice([("who", animal), ("what colour", colour), ("how often", often), ("what sound", ANIMALS[animal])])
        out.write(json.dumps({"question": question, "context": context,
                              "answers": {"text": [answer], "answer_start": [context.index(answer)]}}) + "\n")
