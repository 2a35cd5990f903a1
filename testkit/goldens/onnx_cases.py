"""The node tests that ship with ONNX, for the operators of a transformer: one safetensors file per operator.

    python onnx_cases.py
"""

import shutil
import warnings

import ml_dtypes
import numpy
import onnx
import torch
from onnx.backend.test.case.node import collect_testcases

from common import HERE, save, write_json, write_versions

ROOT = HERE / "onnx"
OPS = ["Adam", "Attention", "Gelu", "GroupNormalization", "LayerNormalization", "LinearAttention", "LogSoftmax",
       "NegativeLogLikelihoodLoss", "RMSNormalization", "Relu", "RotaryEmbedding", "Sigmoid", "Softmax",
       "SoftmaxCrossEntropyLoss", "Swish", "Tanh"]
LARGEST = 40_000  # bytes of a case; larger ones repeat the same semantics on more axes
# operators that look as if they belonged here
LEFT_OUT_OPS = {"FlexAttention": "its score and mask modifications are ONNX subgraphs, not data"}


def tensor(array):
    """NumPy to torch; booleans as U8, bfloat16 kept."""
    array = numpy.asarray(array)
    if array.dtype == bool:
        return torch.from_numpy(array.astype(numpy.uint8))
    if array.dtype == ml_dtypes.bfloat16:
        return torch.from_numpy(array.astype(numpy.float32)).to(torch.bfloat16)
    return torch.from_numpy(array.copy())


def attribute(value):
    value = onnx.helper.get_attribute_value(value)
    return value.decode() if isinstance(value, bytes) else list(value) if isinstance(value, (list, tuple)) else value


def slots(names, arrays, case, way):
    """One entry for each formal parameter in order; an absent optional one is null and has no tensor."""
    present, entries, tensors = iter(arrays), [], {}
    for i, name in enumerate(names):
        if not name:
            entries.append(None)
            continue
        array = numpy.asarray(next(present))
        entries.append({"name": name, "tensor": f"{case}.{way}.{i}", "dtype": str(array.dtype),
                        "shape": list(array.shape)})
        tensors[f"{case}.{way}.{i}"] = tensor(array)
    return entries, tensors


def main():
    warnings.simplefilter("ignore")
    with numpy.errstate(all="ignore"):
        tests = [t for t in collect_testcases(None) if "_expanded" not in t.name]
    shutil.rmtree(ROOT, ignore_errors=True)
    ROOT.mkdir()
    stored = {op: {} for op in OPS}
    cases, skipped = [], []
    for test in tests:
        nodes = test.model.graph.node
        ops = [node.op_type for node in nodes]
        name = test.name.removeprefix("test_")
        left_out = [op for op in ops if op in LEFT_OUT_OPS]
        if left_out:
            skipped.append((left_out[0], name, LEFT_OUT_OPS[left_out[0]]))
        if len(nodes) != 1 or ops[0] not in OPS:
            continue
        node, (data,) = nodes[0], test.data_sets
        bytes_of = sum(numpy.asarray(a).nbytes for side in data for a in side)
        if bytes_of > LARGEST:
            skipped.append((node.op_type, name, f"{bytes_of} bytes, over {LARGEST}"))
            continue
        ins, in_tensors = slots(node.input, data[0], name, "in")
        outs, out_tensors = slots(node.output, data[1], name, "out")
        stored[node.op_type] |= in_tensors | out_tensors
        cases.append({"op": node.op_type, "name": name, "opset": test.model.opset_import[0].version,
                      "attributes": {a.name: attribute(a) for a in node.attribute},
                      "inputs": ins, "outputs": outs, "rtol": test.rtol, "atol": test.atol})
    for op, tensors in stored.items():
        save(ROOT / f"{op}.safetensors", tensors)
    write_json(ROOT / "cases.json", sorted(cases, key=lambda c: (c["op"], c["name"])), lines=True)
    rows = [f"| {op} | {name} | {why} |" for op, name, why in sorted(skipped)]
    (ROOT / "SKIPPED.md").write_text(
        "# ONNX node tests that are not stored\n\n"
        "Written by `onnx_cases.py`. The `_expanded` twins of all cases are left out too: they are the same data, with "
        "the operator spelled as a graph of simpler ones.\n\n| operator | case | why |\n|---|---|---|\n"
        + "\n".join(rows) + "\n")
    write_versions(ROOT, onnx, ml_dtypes)
    for op in OPS:
        print(f"{op:<28} {sum(c['op'] == op for c in cases):>3} cases")
    print(f"{len(skipped)} skipped")


if __name__ == "__main__":
    main()
