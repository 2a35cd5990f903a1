"""Pictures with their pixels, resized pictures, pixel values of image processors; Pillow and transformers.

- `images/NAME.{png,jpg,…}` and `images/pixels.safetensors`: what transformers' `load_image` gives, U8 `(height, width, 3)`.
- `images/resized.safetensors`: `FILTER.WIDTHxHEIGHT` of the picture `photo.png`, by Pillow.
- `images/processors.json`: configurations; `images/values.safetensors`: `NAME.PICTURE`, every 7th of the pixel values.
"""

import json

import numpy as np
import torch
import transformers
from PIL import Image
from transformers.image_utils import load_image

import common

FOLDER = common.HERE / "images"
EXIF = {name: code for code, name in enumerate(["up", "mirrored", "down", "flipped", "transposed", "left", "transversed", "right"], 1)}
CONFIGS = {
    "vit": {"image_processor_type": "ViTImageProcessor", "size": {"height": 32, "width": 32}},
    "vit-old": {"feature_extractor_type": "ViTFeatureExtractor", "size": 40, "resample": 3, "image_mean": [0.485, 0.456, 0.406],
                "image_std": [0.229, 0.224, 0.225], "do_resize": True, "do_normalize": True},
    "deit": {"image_processor_type": "DeiTImageProcessor", "size": {"height": 36, "width": 36}, "crop_size": {"height": 31, "width": 28}},
    "clip": {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 30}, "crop_size": {"height": 30, "width": 30}},
    "clip-old": {"feature_extractor_type": "CLIPFeatureExtractor", "size": 24, "crop_size": 33, "do_center_crop": True},
    "lanczos": {"image_processor_type": "ViTImageProcessor", "size": {"height": 25, "width": 50}, "resample": 1, "do_normalize": False},
    "plain": {"image_processor_type": "ViTImageProcessor", "do_resize": False, "do_rescale": False, "image_mean": 0.4, "image_std": 2.5},
    "factor": {"image_processor_type": "ViTImageProcessor", "size": [20, 30], "resample": 0, "rescale_factor": 0.0078125, "do_normalize": True},
}  # fmt: skip
# Pictures that become patches: near their own size, shrunk, and grown.
GRIDS = {
    "near": {"image_processor_type": "Qwen2VLImageProcessor", "patch_size": 4, "min_pixels": 64, "max_pixels": 9000},
    "shrunk": {"image_processor_type": "Qwen2VLImageProcessor", "patch_size": 3, "temporal_patch_size": 1, "merge_size": 3,
               "size": {"shortest_edge": 81, "longest_edge": 1300}, "image_mean": [0.5, 0.4, 0.3], "image_std": [0.2, 0.3, 0.4]},
    "grown": {"image_processor_type": "Qwen2VLImageProcessorFast"},
}  # fmt: skip


def photo(width, height, seed=1):
    r = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    waves = [127 + 100 * np.sin(x / (5 + 3 * c) + y / (9 - 2 * c)) for c in range(3)]
    noise = r.integers(-40, 40, (height, width, 3))
    return Image.fromarray(np.clip(np.stack(waves, 2) + noise, 0, 255).astype("uint8"))


def files():
    p = photo(61, 47)
    p.save(FOLDER / "photo.png")
    p.crop((0, 0, 24, 16)).convert("L").save(FOLDER / "grey.png")
    p.crop((0, 0, 24, 16)).quantize(19).save(FOLDER / "palette.png")
    p.crop((0, 0, 24, 16)).convert("1").save(FOLDER / "bits.png")
    rgba = np.dstack([np.asarray(p.crop((0, 0, 24, 16))), np.random.default_rng(2).integers(0, 255, (16, 24))]).astype("uint8")
    Image.fromarray(rgba).save(FOLDER / "alpha.png")
    p.crop((0, 0, 24, 16)).save(FOLDER / "a.bmp")
    p.crop((0, 0, 24, 16)).quantize(19).save(FOLDER / "a.gif")
    p.crop((0, 0, 24, 16)).save(FOLDER / "a.tiff")
    p.crop((0, 0, 24, 16)).save(FOLDER / "lossless.webp", lossless=True)
    # Smooth, so that decoders that differ in rounding stay close.
    smooth = p.resize((8, 6)).resize((48, 40), Image.Resampling.BICUBIC)
    smooth.save(FOLDER / "smooth.jpg", quality=95)
    smooth.convert("L").save(FOLDER / "smooth-grey.jpg", quality=95)
    smooth.convert("CMYK").save(FOLDER / "smooth-cmyk.jpg", quality=95)
    smooth.save(FOLDER / "progressive.jpg", quality=95, progressive=True)
    for name, code in EXIF.items():
        exif = Image.Exif()
        exif[0x0112] = code
        p.crop((0, 0, 7, 5)).save(FOLDER / f"exif-{name}.png", exif=exif)
    exif = Image.Exif()
    exif[0x0112] = 6
    smooth.save(FOLDER / "exif.jpg", exif=exif, quality=95)
    p.crop((0, 0, 7, 5)).save(FOLDER / "exif.webp", exif=exif, lossless=True)


def main():
    FOLDER.mkdir(exist_ok=True)
    files()
    pixels = {f.name: torch.from_numpy(np.array(load_image(str(f)).convert("RGB"))) for f in sorted(FOLDER.iterdir()) if f.suffix not in (".json", ".safetensors")}
    common.save(FOLDER / "pixels.safetensors", pixels)
    p = Image.open(FOLDER / "photo.png")
    sizes = [(20, 20), (61, 12), (13, 47), (90, 70), (1, 1), (128, 3)]
    resized = {f"{f.name}.{w}x{h}": torch.from_numpy(np.array(p.resize((w, h), f)))[:, :, :] for f in Image.Resampling for w, h in sizes
               if f in (2, 3) or f < 6 and (w, h) in ((20, 20), (90, 70))}
    common.save(FOLDER / "resized.safetensors", {k: (v if v.shape[0] < 60 else v[::3].clone()) for k, v in resized.items()})
    values = {}
    wide, tall = photo(61, 47), photo(30, 83, 2)
    for name, config in CONFIGS.items():
        common.write_json(FOLDER / "preprocessor_config.json", config)
        processor = transformers.AutoImageProcessor.from_pretrained(FOLDER, backend="pil")
        for kind, picture in (("wide", wide), ("tall", tall)):
            out = processor(picture, return_tensors="pt")["pixel_values"][0]
            values[f"{name}.{kind}.{out.shape[1]}x{out.shape[2]}"] = out.float().flatten()[::7]
    for name, config in GRIDS.items():
        common.write_json(FOLDER / "preprocessor_config.json", config)
        processor = transformers.AutoImageProcessor.from_pretrained(FOLDER, backend="pil")
        for kind, picture in (("wide", wide), ("tall", tall)):
            out = processor(picture, return_tensors="pt")
            _, rows, columns = out["image_grid_thw"][0].tolist()
            values[f"{name}.{kind}.{rows}x{columns}"] = out["pixel_values"].float().flatten()[::7]
    (FOLDER / "preprocessor_config.json").unlink()
    tall.save(FOLDER / "tall.png")
    common.save(FOLDER / "values.safetensors", values)
    common.write_json(FOLDER / "processors.json", CONFIGS | GRIDS)
    import PIL

    common.write_versions(FOLDER, PIL)


if __name__ == "__main__":
    main()
