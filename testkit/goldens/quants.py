"""Blocks of every quantized type, and what the `gguf` package dequantizes them to; values and what it quantizes them to.

Plain little-endian memory, so that the kernels' tests need no reader. `quants/TYPE.bin`: all blocks, then their values
in f32. Block bytes are random but for their f16 scales, which are finite numbers of either sign; MXFP4's exponents are
random up to where the product is still finite. `quants/quantize-TYPE.bin`: 64 rows of 32 values in f32, then their
blocks.
"""

import numpy
from gguf import quants
from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType as T

import common

FOLDER = common.HERE / "quants"
# Where f16 numbers stand in a block.
HALVES = {
    T.Q8_0: [0], T.Q4_0: [0], T.Q4_1: [0, 2], T.Q5_0: [0], T.Q5_1: [0, 2],
    T.Q2_K: [80, 82], T.Q3_K: [108], T.Q4_K: [0, 2], T.Q5_K: [0, 2], T.Q6_K: [208],
    T.IQ4_NL: [0], T.IQ4_XS: [0], T.MXFP4: [],
}  # fmt: skip


def blocks(kind, rows, rng):
    size, width = GGML_QUANT_SIZES[kind]
    b = rng.integers(0, 256, (rows, width), dtype=numpy.uint8)
    for at in HALVES[kind]:
        # The first rows have the ends of f16: zero, subnormal, largest.
        d = (rng.standard_normal(rows) * 10.0 ** rng.integers(-6, 3, rows)).astype(numpy.float16)
        d[:4] = numpy.array([0, 6e-8, -65504, -3e-6], numpy.float16)
        b[:, at : at + 2] = d.view(numpy.uint8).reshape(rows, 2)
    if kind == T.MXFP4:
        b[:, 0] = rng.integers(0, 250, rows)
        b[:4, 0] = [0, 1, 2, 250]
    return b


def values(rng):
    x = rng.standard_normal((64, 32)).astype(numpy.float32)
    x *= (10.0 ** rng.integers(-3, 3, (64, 1))).astype(numpy.float32)
    x[0] = 0
    x[1] = 3.5
    x[2] = numpy.arange(32) - 16  # ties, and the extreme comes first
    x[3] = (numpy.arange(32) - 15.5) * 127 / 15.5
    x[4, 1:] = 0
    x[5] = abs(x[5])
    return x


def main():
    FOLDER.mkdir(exist_ok=True)
    rng = numpy.random.default_rng(7)
    for kind in HALVES:
        b = blocks(kind, 24 if GGML_QUANT_SIZES[kind][0] == 32 else 12, rng)
        v = quants.dequantize(b, kind).astype("<f4")
        assert numpy.isfinite(v).all(), kind
        (FOLDER / f"{kind.name}.bin").write_bytes(b.tobytes() + v.tobytes())
    x = values(rng)
    for kind in (T.Q8_0, T.Q4_0, T.Q4_1, T.Q5_0, T.Q5_1):
        (FOLDER / f"quantize-{kind.name}.bin").write_bytes(x.tobytes() + quants.quantize(x, kind).tobytes())
    common.write_json(FOLDER / "versions.json", {"gguf": version(), "numpy": numpy.__version__})


def version():
    import importlib.metadata

    return importlib.metadata.version("gguf")


if __name__ == "__main__":
    main()
