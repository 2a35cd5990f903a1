"""Sound files with their samples, resampled sounds, log-mel features.

Needs `soundfile` (libsndfile) and `torchaudio` beside the other requirements.

- `audio/NAME.{wav,flac,mp3}` and `audio/samples.safetensors`: what libsndfile decodes, channels averaged.
- `audio/resampled.safetensors`: `x.FROM.TO` and `y.FROM.TO` by `torchaudio.functional.resample`.
- `audio/log_mel.safetensors`: `sound.NAME`, `features.NAME` by transformers' WhisperFeatureExtractor as the JSON
  `audio/log_mel.json` configures it.
- `audio/librispeech.json`: features of the LibriSpeech recording of `shared/data`, every 211th value, for 80 and 128 bands.
"""

import json
import sys

import numpy as np
import soundfile
import torch
import torchaudio
import transformers

import common

FOLDER = common.HERE / "audio"
SHARED = common.HERE.parents[2] / "shared" / "data" / "audio"


def tones(seconds, rate, channels=1, seed=1):
    r = np.random.default_rng(seed)
    t = np.arange(int(seconds * rate)) / rate
    x = [0.4 * np.sin(2 * np.pi * (220 + 150 * c) * t * (1 + t)) + 0.1 * r.standard_normal(t.size) for c in range(channels)]
    return np.clip(np.stack(x, 1), -0.99, 0.99)


def files():
    kinds = [
        ("u8", "wav", "WAV", "PCM_U8", 1, 8000), ("s16", "wav", "WAV", "PCM_16", 2, 16000), ("s24", "wav", "WAVEX", "PCM_24", 3, 44100),
        ("s32", "wav", "WAV", "PCM_32", 1, 16000), ("f32", "wav", "WAV", "FLOAT", 1, 48000), ("f64", "wav", "WAV", "DOUBLE", 2, 16000),
        ("ulaw", "wav", "WAV", "ULAW", 1, 8000), ("alaw", "wav", "WAV", "ALAW", 1, 8000),
        ("flac8", "flac", "FLAC", "PCM_S8", 1, 8000), ("flac16", "flac", "FLAC", "PCM_16", 2, 44100), ("flac24", "flac", "FLAC", "PCM_24", 1, 96000),
        ("mono", "mp3", "MP3", "MPEG_LAYER_III", 1, 16000), ("stereo", "mp3", "MP3", "MPEG_LAYER_III", 2, 44100),
    ]  # fmt: skip
    samples = {}
    for name, ending, container, kind, channels, rate in kinds:
        path = FOLDER / f"{name}.{ending}"
        soundfile.write(path, tones(0.02 if ending != "mp3" else 0.25, rate, channels), rate, format=container, subtype=kind)
        x, read = soundfile.read(path, dtype="float64", always_2d=True)
        assert read == rate
        samples[f"{name}.{rate}"] = torch.from_numpy(x.mean(1).astype("float32"))
    common.save(FOLDER / "samples.safetensors", samples)


def resampled():
    tensors = {}
    for source, target in [(44100, 16000), (8000, 16000), (48000, 16000), (16000, 22050), (11025, 16000), (16001, 16000), (22050, 8000)]:
        x = torch.from_numpy(tones(0.03, source, seed=target)[:, 0].astype("float32"))
        tensors[f"x.{source}.{target}"] = x
        tensors[f"y.{source}.{target}"] = torchaudio.functional.resample(x, source, target)
    common.save(FOLDER / "resampled.safetensors", tensors)


def log_mel():
    configs = {
        "a": dict(feature_size=80, chunk_length=1), "b": dict(feature_size=128, chunk_length=1),
        "c": dict(feature_size=40, n_fft=256, hop_length=100, chunk_length=1),
        "d": dict(feature_size=24, n_fft=294, hop_length=147, chunk_length=1, sampling_rate=22050),
        "whole": dict(feature_size=30, chunk_length=1),
    }  # fmt: skip
    tensors = {}
    for name, length in (("a", 0.2), ("b", 0.1), ("c", 1.1), ("d", 0.2), ("whole", 0.3)):
        extractor = transformers.WhisperFeatureExtractor(**configs[name])
        options = {"padding": "longest", "truncation": False} if name == "whole" else {}
        x = tones(length, extractor.sampling_rate, seed=len(tensors))[:, 0].astype("float32")
        out = extractor(x, sampling_rate=extractor.sampling_rate, return_tensors="pt", **options)
        tensors |= {f"sound.{name}": torch.from_numpy(x), f"features.{name}": out.input_features[0]}
    normalized = transformers.WhisperFeatureExtractor(feature_size=20, chunk_length=1)
    x = tones(0.1, 16000)[:, 0].astype("float32") * 0.1 + 0.2
    out = normalized(x, sampling_rate=16000, return_tensors="pt", do_normalize=True)
    tensors |= {"sound.n": torch.from_numpy(x), "features.n": out.input_features[0]}
    configs["n"] = dict(feature_size=20, chunk_length=1, do_normalize=True)
    common.save(FOLDER / "log_mel.safetensors", tensors)
    common.write_json(FOLDER / "log_mel.json", configs)


def librispeech():
    x, rate = soundfile.read(SHARED / "librispeech-1272-128104-0000.flac", dtype="float32")
    values = {}
    for bands in (80, 128):
        extractor = transformers.WhisperFeatureExtractor(feature_size=bands)
        out = extractor(x, sampling_rate=rate, return_tensors="pt").input_features[0]
        values[str(bands)] = {"frames": out.shape[1], "first30": out[0, :30].tolist(), "every211th": out[:, :600].flatten()[::211].tolist()}
    (FOLDER / "librispeech.json").write_text(json.dumps(values) + "\n")


def main():
    FOLDER.mkdir(exist_ok=True)
    files()
    resampled()
    log_mel()
    if SHARED.exists():
        librispeech()
    else:
        print("no shared/data/audio: librispeech.json stays as it is", file=sys.stderr)
    common.write_versions(FOLDER, soundfile, torchaudio)


if __name__ == "__main__":
    main()
