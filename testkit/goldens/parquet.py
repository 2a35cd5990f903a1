"""Tables in Parquet files of every encoding and compression that programs write, and the rows that pyarrow reads from
them.

`parquet/rows-NAME.parquet` hold what `parquet/rows.jsonl` says, `parquet/types.parquet` what `types.jsonl` says, a row a
line; bytes are written in base64. `refused-NAME.parquet` are encrypted, or compressed as Headway does not read.

    python parquet.py
"""

import base64
import datetime
import decimal
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

FOLDER = Path(__file__).resolve().parent / "parquet"
TEXTS = ["the cat sat", "", None, "naïve café 日本語 🚀", "line\nbreak\t\"quoted\", comma", "\u0000 zero", "a" * 300]


def rows(n):
    """Rows as data sets have them: texts, numbers, lists, what a question is answered with."""
    for i in range(n):
        words = None if i % 7 == 3 else [f"w{j}" if (i + j) % 5 else None for j in range(i % 4)]
        yield {
            "text": TEXTS[i % 7],
            "label": None if i % 11 == 5 else i % 3,
            "name": ["cat", "dog", "bird"][i * i % 3],
            "tokens": words,
            "tags": None if words is None else [j % 3 for j in range(len(words))],
            "score": None if i % 13 == 2 else i / 8 - 1,
            "kept": None if i % 6 == 4 else i % 2 == 0,
            "answers": None if i % 9 == 8 else {"text": [] if i % 4 == 0 else [f"answer {i}"], "answer_start": [] if i % 4 == 0 else [i * 3]},
        }


SCHEMA = pa.schema([
    ("text", pa.string()), ("label", pa.int64()), ("name", pa.string()), ("tokens", pa.list_(pa.string())), ("tags", pa.list_(pa.int32())),
    ("score", pa.float64()), ("kept", pa.bool_()), ("answers", pa.struct([("text", pa.list_(pa.string())), ("answer_start", pa.list_(pa.int32()))])),
])  # fmt: skip


def types():
    """One column a type, the last row empty."""
    day = datetime.date(2026, 11, 27)
    moment = datetime.datetime(2026, 11, 27, 9, 30, 15, 123456)
    columns = {
        "i8": pa.array([-128, 127, None], pa.int8()),
        "u8": pa.array([0, 255, None], pa.uint8()),
        "i16": pa.array([-32768, 32767, None], pa.int16()),
        "u32": pa.array([0, 4294967295, None], pa.uint32()),
        "i64": pa.array([-(2**63), 2**63 - 1, None], pa.int64()),
        "u64": pa.array([0, 2**64 - 1, None], pa.uint64()),
        "f32": pa.array([1.5, -0.25, None], pa.float32()),
        "f16": pa.array([1.5, -2.0, None], pa.float16()),
        "large": pa.array(["ä", "", None], pa.large_string()),
        "category": pa.array(["x", "y", None]).dictionary_encode(),
        "bytes": pa.array([b"\xff\x00", b"", None], pa.binary()),
        "fixed": pa.array([b"abcd", b"\x00\x01\x02\x03", None], pa.binary(4)),
        "decimal": pa.array([decimal.Decimal("12.34"), decimal.Decimal("-0.05"), None], pa.decimal128(9, 2)),
        "date": pa.array([day, datetime.date(1969, 12, 31), None], pa.date32()),
        "time": pa.array([moment.time(), datetime.time(0, 0), None], pa.time64("us")),
        "moment": pa.array([moment, datetime.datetime(1960, 1, 1), None], pa.timestamp("us")),
        "instant": pa.array([moment, datetime.datetime(1960, 1, 1), None], pa.timestamp("us", tz="UTC")),
        "map": pa.array([[("a", 1), ("b", None)], [], None], pa.map_(pa.string(), pa.int32())),
        "deep": pa.array([[[1, 2], None, []], [], None], pa.list_(pa.list_(pa.int32()))),
        "structs": pa.array([[{"a": 1, "b": "x"}, None], [], None], pa.list_(pa.struct([("a", pa.int32()), ("b", pa.string())]))),
        "image": pa.array([{"bytes": b"\x89PNG", "path": None}, {"bytes": None, "path": "a.png"}, None], pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
        "nothing": pa.nulls(3),
    }  # fmt: skip
    return pa.table(columns)


def plain(value):
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case dict():
            return {k: plain(v) for k, v in value.items()}
        case list():
            if value and all(isinstance(v, tuple) for v in value):
                return {k: plain(v) for k, v in value}
            return [plain(v) for v in value]
        case decimal.Decimal():
            return float(value)
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat().replace("+00:00", "Z")
        case _:
            return value


def write(name, table, **options):
    pq.write_table(table, FOLDER / f"{name}.parquet", **options)
    said(name)


def said(name):
    """Writes what pyarrow reads from a file, which is the same for all of its kind."""
    table = pq.read_table(FOLDER / f"{name}.parquet")
    lines = []
    for row in table.to_pylist():
        for field in table.schema:
            if pa.types.is_map(field.type) and row[field.name] == []:
                row[field.name] = {}
        lines.append(json.dumps(plain(row), ensure_ascii=False) + "\n")
    text = "".join(lines)
    file = FOLDER / f"{name.split('-')[0]}.jsonl"
    if file.exists() and file.read_text(encoding="utf-8") != text:
        raise AssertionError(f"{name} differs from the other files of its kind")
    file.write_text(text, encoding="utf-8", newline="\n")


class Kms(pe.KmsClient):
    """Keeps keys as they are: the files are to be refused, not to be safe."""

    def wrap_key(self, key_bytes, master_key_identifier):
        return base64.b64encode(key_bytes)

    def unwrap_key(self, wrapped_key, master_key_identifier):
        return base64.b64decode(wrapped_key)


def encrypted(name, table, plaintext_footer):
    factory = pe.CryptoFactory(lambda _: Kms())
    config = pe.EncryptionConfiguration(footer_key="footer", column_keys={"column": ["text"]}, plaintext_footer=plaintext_footer)
    properties = factory.file_encryption_properties(pe.KmsConnectionConfig(), config)
    with pq.ParquetWriter(FOLDER / f"{name}.parquet", table.schema, encryption_properties=properties) as writer:
        writer.write_table(table)


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    table = pa.Table.from_pylist(list(rows(60)), SCHEMA)
    write("rows-plain", table, compression="none", use_dictionary=False)
    for codec in ("snappy", "gzip", "zstd"):
        write(f"rows-{codec}", table, compression=codec)
    write("rows-pages", table, compression="zstd", data_page_version="2.0", data_page_size=128, row_group_size=25, write_batch_size=8)
    write("rows-groups", table, compression="snappy", row_group_size=7, use_dictionary=["name", "text"])
    write("rows-delta", table, compression="none", use_dictionary=False, column_encoding={
        "text": "DELTA_BYTE_ARRAY", "name": "DELTA_LENGTH_BYTE_ARRAY", "label": "DELTA_BINARY_PACKED", "score": "BYTE_STREAM_SPLIT", "kept": "RLE",
    })  # fmt: skip
    with pq.ParquetWriter(FOLDER / "rows-holes.parquet", SCHEMA) as writer:
        for a, b in ((0, 0), (0, 20), (20, 25), (25, 25), (25, 25), (25, 60), (60, 60)):
            writer.write_table(table.slice(a, b - a))
    said("rows-holes")
    write("types", types(), compression="snappy")
    write("empty", table.slice(0, 0))
    write("texts", pa.table({"id": [f"t{i}" for i in range(9)], "text": [TEXTS[i % 2 * 3] for i in range(9)]}), compression="zstd", row_group_size=4)
    small = table.select(["text", "label"]).slice(0, 3)
    for codec in ("brotli", "lz4"):
        pq.write_table(small, FOLDER / f"refused-{codec}.parquet", compression=codec)
    encrypted("refused-footer", small, plaintext_footer=False)
    encrypted("refused-column", small, plaintext_footer=True)
    (FOLDER / "versions.json").write_text(json.dumps({"pyarrow": pa.__version__}) + "\n", encoding="utf-8", newline="\n")


main()
