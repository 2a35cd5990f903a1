"""ONNX Runtime's side of `headway bench embed`: sentences a second, as a JSON object on standard output.

    python embed_side.py --engine f32|int8 --threads 2

MiniLM-L6's shape (6 layers, 384 wide, 12 heads) with random weights; 512 sentences of 8 to 128 random tokens, as
Headway's benchmark has them, in batches of 32 of like length, padded; mean pooling and normalising included. The graph
goes through onnxruntime's own optimizer for BERT; int8 is its dynamic quantization of that graph.
"""
import argparse
import json
import pathlib
import statistics
import sys
import tempfile
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
LAYERS, WIDTH, HEADS, VOCAB = 6, 384, 12, 30522


def graph(engine):
    """The ONNX file of `engine`; made at the first call."""
    folder = pathlib.Path(tempfile.gettempdir()) / "headway-rivals"
    folder.mkdir(exist_ok=True)
    fused, small = folder / "minilm-f32.onnx", folder / "minilm-int8.onnx"
    if not fused.exists():
        export(folder / "minilm-plain.onnx", fused)
    if engine == "int8" and not small.exists():
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic
        quantize_dynamic(fused, small, weight_type=QuantType.QInt8,
                         extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})
    return str(fused if engine == "f32" else small)


def export(plain, fused):
    import torch
    import transformers
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions
    torch.manual_seed(0)
    config = transformers.BertConfig(vocab_size=VOCAB, hidden_size=WIDTH, num_hidden_layers=LAYERS,
                                     num_attention_heads=HEADS, intermediate_size=4 * WIDTH, attn_implementation="eager")
    model = transformers.BertModel(config).eval()

    class Hidden(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, input_ids, attention_mask, token_type_ids):
            return self.model(input_ids=input_ids, attention_mask=attention_mask,
                              token_type_ids=token_type_ids).last_hidden_state

    ids = torch.randint(1000, 2000, (2, 16))
    names = ["input_ids", "attention_mask", "token_type_ids"]
    arguments = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    try:
        torch.onnx.export(Hidden(), arguments, str(plain), input_names=names, output_names=["hidden"], dynamo=False,
                          opset_version=17, dynamic_axes={n: {0: "batch", 1: "seq"} for n in names + ["hidden"]})
    except Exception as e:
        print("exporting by torch.export, since tracing failed:", str(e)[:200], file=sys.stderr)
        axes = {0: torch.export.Dim("batch", min=1, max=512), 1: torch.export.Dim("seq", min=2, max=512)}
        torch.onnx.export(Hidden(), arguments, str(plain), input_names=names, output_names=["hidden"], dynamo=True,
                          external_data=False, dynamic_shapes={n: axes for n in names})
    better = optimizer.optimize_model(str(plain), "bert", num_heads=HEADS, hidden_size=WIDTH,
                                      optimization_options=FusionOptions("bert"))
    better.save_model_to_file(str(fused))


def batches(size):
    random = np.random.default_rng(7)
    lengths = sorted(8 + i * 121 // 512 for i in range(512))
    made = []
    for i in range(0, len(lengths), size):
        part = lengths[i:i + size]
        ids = np.zeros((len(part), max(part)), np.int64)
        mask = np.zeros_like(ids)
        for row, n in enumerate(part):
            ids[row, :n] = random.integers(0, VOCAB, n)
            mask[row, :n] = 1
        made.append((ids, mask))
    return made


def pooled(hidden, mask):
    weights = mask[:, :, None].astype(np.float32)
    mean = (hidden * weights).sum(1) / weights.sum(1)
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", default="f32", choices=["f32", "int8"])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--runs", type=int, default=7)
    a = parser.parse_args()
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = a.threads
    session = onnxruntime.InferenceSession(graph(a.engine), options, providers=["CPUExecutionProvider"])
    wanted = {i.name for i in session.get_inputs()}
    feeds = [({k: v for k, v in (("input_ids", ids), ("attention_mask", mask), ("token_type_ids", 0 * ids))
               if k in wanted}, mask) for ids, mask in batches(a.batch)]
    speeds = []
    for run in range(2 + a.runs):
        start = time.perf_counter()
        for feed, mask in feeds:
            pooled(session.run(None, feed)[0], mask)
        if run >= 2:
            speeds.append(512 / (time.perf_counter() - start))
    print(json.dumps({"engine": a.engine, "median": statistics.median(speeds), "min": min(speeds), "max": max(speeds)}))
