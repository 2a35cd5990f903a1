"""Bytes that GNU as makes of assembler/samples.s, a line each: text, tab, hex. Needs binutils.

    python assembler.py
"""
import pathlib
import re
import subprocess
import tempfile

here = pathlib.Path(__file__).parent / "assembler"
texts = (here / "samples.s").read_text().splitlines()
with tempfile.TemporaryDirectory() as folder:
    source, listing = pathlib.Path(folder, "samples.s"), pathlib.Path(folder, "samples.lst")
    source.write_text(".intel_syntax noprefix\n" + "\n".join(texts) + "\n")
    subprocess.run(["as", f"-aln={listing}", "--listing-lhs-width=4", "-o", "/dev/null", str(source)], check=True)
    bytes_of = {}
    for row in listing.read_text().splitlines():
        m = re.match(r"\s*(\d+) [0-9a-f]{4} ([0-9A-F ]+?)(\t|\s{2,}|$)", row)
        if m:
            bytes_of[int(m[1]) - 2] = m[2].replace(" ", "").lower()
with open(here / "bytes.tsv", "w") as out:
    for i, text in enumerate(texts):
        out.write(f"{text}\t{bytes_of[i]}\n")
print(len(texts), "instructions;", subprocess.run(["as", "--version"], capture_output=True, text=True).stdout.split("\n")[0])
