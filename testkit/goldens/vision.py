"""Tiny random vision models: checkpoint, traced pass and gradients, by Hugging Face transformers.

    python vision.py [CASE ...]
"""

import sys

import torch
import transformers

from common import HERE, generator, make_case, seen_prompts, write_versions

ROOT = HERE / "vision"
B = 2


def vit(**more):
    base = dict(hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=17, image_size=9,
                patch_size=3, num_channels=3)
    return base | more


def swin(**more):
    base = dict(embed_dim=8, depths=[2, 3], num_heads=[2, 4], image_size=12, patch_size=2, window_size=3, mlp_ratio=2.0)
    return base | more


# name -> (config class, model class, config, height and width of the images)
CASES = {
    "vit": ("ViTConfig", "ViTForImageClassification", vit(num_labels=5), (9, 9)),
    "vit-bare": ("ViTConfig", "ViTModel", vit(qkv_bias=False, hidden_act="relu", num_channels=1, layer_norm_eps=1e-3,
                                              pooler_output_size=7), (9, 9)),
    "deit": ("DeiTConfig", "DeiTForImageClassification", vit(num_labels=4), (9, 9)),
    "deit-teacher": ("DeiTConfig", "DeiTForImageClassificationWithTeacher", vit(num_labels=3), (9, 9)),
    "deit-bare": ("DeiTConfig", "DeiTModel", vit(), (9, 9)),
    # 6 × 6 patches in windows of 3, shifted by 1; after merging 3 × 3 are one window
    "swin": ("SwinConfig", "SwinForImageClassification", swin(num_labels=5), (12, 12)),
    # sides that neither patches nor windows divide
    "swin-odd": ("SwinConfig", "SwinForImageClassification",
                 swin(num_labels=3, qkv_bias=False, hidden_act="relu", window_size=2, depths=[2, 2, 2],
                      num_heads=[1, 2, 4], num_channels=1), (13, 9)),
    "swin-bare": ("SwinConfig", "SwinModel", swin(use_absolute_embeddings=True, depths=[3, 1]), (12, 12)),
}


def sides(**more):
    text = dict(hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=17, vocab_size=41,
                max_position_embeddings=9, eos_token_id=40, bos_token_id=39, pad_token_id=1)
    image = dict(hidden_size=10, num_hidden_layers=1, num_attention_heads=2, intermediate_size=13, image_size=9,
                 patch_size=3)
    return dict(text_config=text | more, vision_config=image, projection_dim=8)


def texts(g):
    ids = torch.randint(2, 39, (3, 7), generator=g)
    mask = torch.ones(3, 7, dtype=torch.int64)
    for row, end in enumerate((6, 4, 2)):
        ids[row, end] = 40
        ids[row, end + 1:] = 1
        mask[row, end + 1:] = 0
    return {"input_ids": ids, "attention_mask": mask}


# name -> (model class, config)
CLIP = {
    "clip": ("CLIPModel", transformers.CLIPConfig(**sides())),
    "clip-early": ("CLIPModel", transformers.CLIPConfig(**sides(eos_token_id=2, hidden_act="gelu"),
                                                        logit_scale_init_value=0.5)),
    "clip-text": ("CLIPTextModelWithProjection", transformers.CLIPTextConfig(**sides()["text_config"], projection_dim=8)),
    "clip-image": ("CLIPVisionModelWithProjection",
                   transformers.CLIPVisionConfig(**sides()["vision_config"], projection_dim=8)),
    "clip-text-bare": ("CLIPTextModel", transformers.CLIPTextConfig(**sides()["text_config"])),
    "clip-image-bare": ("CLIPVisionModel", transformers.CLIPVisionConfig(**sides()["vision_config"])),
    "clip-image-classes": ("CLIPForImageClassification", transformers.CLIPConfig(**sides(), num_labels=4)),
}


def make_clip(name, seed):
    model_class, config = CLIP[name]
    torch.manual_seed(seed)
    model = getattr(transformers, model_class)(config)
    g = generator(seed + 1)
    given = {}
    if "image" not in name:
        given |= texts(g)
    if "text" not in name:
        given["pixel_values"] = torch.randn(3, 3, 9, 9, generator=g)
    if model_class == "CLIPModel":
        given["return_loss"] = torch.tensor([True])
    if model_class == "CLIPForImageClassification":
        given["labels"] = torch.tensor([3, 0, 2])
    make_case(ROOT / name, model, seed, {"": given})


def llava(text=(), **more):
    text_config = dict(model_type="llama", vocab_size=43, hidden_size=12, intermediate_size=17, num_hidden_layers=2,
                       num_attention_heads=2, max_position_embeddings=32, pad_token_id=0, bos_token_id=1, eos_token_id=2)
    image = dict(model_type="clip_vision_model", hidden_size=10, num_hidden_layers=3, num_attention_heads=2,
                 intermediate_size=13, image_size=6, patch_size=3)
    return transformers.LlavaConfig(text_config=text_config | dict(text), vision_config=image, image_token_index=40, **more)


LLAVA = {
    "llava": llava(),
    "llava-other": llava(dict(model_type="mistral", num_key_value_heads=1, sliding_window=5, tie_word_embeddings=True),
                         vision_feature_layer=[0, -1], vision_feature_select_strategy="full", projector_hidden_act="relu",
                         multimodal_projector_bias=False),
}


def make_llava(name, seed):
    """Row 0 with two images, row 1 with one, padded on the left; each image is four patches, or five with its class."""
    config = LLAVA[name]
    torch.manual_seed(seed)
    g = generator(seed + 1)
    patches = 4 if config.vision_feature_select_strategy == "default" else 5
    ids = torch.randint(3, 40, (2, 14), generator=g)
    ids[0, 1:1 + patches] = ids[0, 2 + patches:2 + 2 * patches] = ids[1, 5:5 + patches] = 40
    mask = torch.ones_like(ids)
    mask[1, :3], ids[1, :3] = 0, 0
    labels = ids.masked_fill((ids == 40) | (mask == 0), -100)
    given = {"input_ids": ids, "attention_mask": mask, "pixel_values": torch.randn(3, 3, 6, 6, generator=g)}
    text = {"input_ids": ids[1:, 9:10 + 3], "labels": labels[1:, 9:10 + 3]}
    make_case(ROOT / name, transformers.LlavaForConditionalGeneration(config), seed,
              {"": given | {"labels": labels}, "-text": text}, use_cache=False)


def qwen2_vl(text=(), seen=(), **more):
    text_config = dict(vocab_size=43, hidden_size=16, intermediate_size=17, num_hidden_layers=2, num_attention_heads=2,
                       num_key_value_heads=1, max_position_embeddings=64, bos_token_id=1, eos_token_id=2, pad_token_id=0,
                       rope_parameters={"rope_type": "default", "rope_theta": 100.0, "mrope_section": [1, 2, 1]})
    image = dict(depth=2, embed_dim=16, hidden_size=16, num_heads=2, mlp_ratio=2, patch_size=2, spatial_merge_size=2,
                 temporal_patch_size=2)
    return transformers.Qwen2VLConfig(text_config=text_config | dict(text), vision_config=image | dict(seen),
                                      image_token_id=40, video_token_id=41, vision_start_token_id=38,
                                      vision_end_token_id=39, **more)


QWEN2_VL = {
    "qwen2vl": qwen2_vl(),
    "qwen2vl-tied": qwen2_vl(dict(num_attention_heads=3, num_key_value_heads=3, hidden_size=18, use_sliding_window=True,
                                  sliding_window=4, max_window_layers=1,
                                  rope_parameters={"rope_type": "linear", "rope_theta": 50.0, "factor": 2.0,
                                                   "mrope_section": [1, 1, 1]}),
                             dict(depth=1, embed_dim=8, hidden_size=18, num_heads=1, spatial_merge_size=3, patch_size=1,
                                  temporal_patch_size=1, hidden_act="gelu", in_channels=1), tie_word_embeddings=True),
}


def qwen25_vl(text=(), seen=(), **more):
    base = qwen2_vl(text, **more)
    image = dict(depth=3, hidden_size=16, out_hidden_size=16, num_heads=2, intermediate_size=13, patch_size=2, tokens_per_second=2,
                 spatial_merge_size=2, temporal_patch_size=1, window_size=8, fullatt_block_indexes=[1])
    return transformers.Qwen2_5_VLConfig(
        text_config={k: v for k, v in base.text_config.to_dict().items() if k != "model_type"}, vision_config=image | dict(seen),
        image_token_id=40, video_token_id=41, vision_start_token_id=38, vision_end_token_id=39, **more)


QWEN2_VL["qwen25vl"] = qwen25_vl()


def make_qwen2_vl(name, seed):
    """Row 0 with two images of different sizes, row 1 with one, row 2 with a video of two frames."""
    config = QWEN2_VL[name]
    torch.manual_seed(seed)
    g = generator(seed + 1)
    v = config.vision_config
    m, width = v.spatial_merge_size, v.in_channels * v.temporal_patch_size * v.patch_size ** 2
    images, videos = [[1, 2 * m, m], [1, m, m], [1, m, 2 * m]], [[2, m, 2 * m]]
    newer = config.model_type == "qwen2_5_vl"
    if newer:  # windows of 2 × 2 squares, cut off at the ends
        images = [[1, 3 * m, 3 * m], [1, m, m], [1, m, 3 * m]]
    given = seen_prompts([[5, 38, -1, 39, 6, 38, -1, 39, 7], [8, 38, -1, 39], [9, 10, 38, -2, 39, 11]],
                         images, videos, m, config.image_token_id, config.video_token_id)
    count = lambda grids: sum(t * h * w for t, h, w in grids)
    given |= {"pixel_values": torch.randn(count(images), width, generator=g), "image_grid_thw": torch.tensor(images),
              "pixel_values_videos": torch.randn(count(videos), width, generator=g),
              "video_grid_thw": torch.tensor(videos)}
    given |= {"second_per_grid_ts": torch.tensor([1.75])} if newer else {}
    ids = given["input_ids"]
    labels = ids.masked_fill((ids >= 40) | (given["attention_mask"] == 0), -100)
    text = torch.randint(3, 38, (2, 6), generator=g)
    model = transformers.Qwen2_5_VLForConditionalGeneration if newer else transformers.Qwen2VLForConditionalGeneration
    make_case(ROOT / name, model(config), seed,
              {"": given | {"labels": labels}} | ({} if newer else {"-text": {"input_ids": text, "labels": text}}),
              use_cache=False)


def make(name, seed):
    config_class, model_class, config, (height, width) = CASES[name]
    torch.manual_seed(seed)
    config = getattr(transformers, config_class)(**config)
    model = getattr(transformers, model_class)(config)
    g = generator(seed + 1)
    given = {"pixel_values": torch.randn(B, config.num_channels, height, width, generator=g)}
    if model_class.endswith("ForImageClassification"):
        given["labels"] = torch.randint(0, config.num_labels, (B,), generator=g)
    make_case(ROOT / name, model, seed, {"": given})


# name -> (encoder's config, width of the decoder)
CAPTION = {"caption": (("ViTConfig", vit(), (9, 9)), 12), "caption-bridge": (("SwinConfig", swin(), (12, 12)), 15)}


def make_caption(name, seed):
    (config_class, sizes, (height, width)), wide = CAPTION[name]
    torch.manual_seed(seed)
    encoder = getattr(transformers, config_class)(**sizes)
    decoder = transformers.GPT2Config(vocab_size=41, n_positions=12, n_embd=wide, n_layer=2, n_head=3, n_inner=17,
                                      bos_token_id=1, eos_token_id=2, is_decoder=True, add_cross_attention=True,
                                      attn_pdrop=0.0, embd_pdrop=0.0, resid_pdrop=0.0)
    config = transformers.VisionEncoderDecoderConfig.from_encoder_decoder_configs(
        encoder, decoder, decoder_start_token_id=1, pad_token_id=0)
    model = transformers.VisionEncoderDecoderModel(config)
    g = generator(seed + 1)
    labels = torch.randint(3, 41, (B, 6), generator=g)
    labels[1, -2:] = -100
    make_case(ROOT / name, model, seed, {"": {"pixel_values": torch.randn(B, 3, height, width, generator=g), "labels": labels}})


if __name__ == "__main__":
    for number, case in enumerate(CASES):
        if not sys.argv[1:] or any(case.startswith(a) for a in sys.argv[1:]):
            make(case, 9000 + 10 * number)
    for number, case in enumerate(CLIP):
        if not sys.argv[1:] or any(case.startswith(a) for a in sys.argv[1:]):
            make_clip(case, 9500 + 10 * number)
    for number, case in enumerate(LLAVA):
        if not sys.argv[1:] or any(case.startswith(a) for a in sys.argv[1:]):
            make_llava(case, 9700 + 10 * number)
    for number, case in enumerate(QWEN2_VL):
        if not sys.argv[1:] or any(case.startswith(a) for a in sys.argv[1:]):
            make_qwen2_vl(case, 9800 + 10 * number)
    for number, case in enumerate(CAPTION):
        if not sys.argv[1:] or any(case.startswith(a) for a in sys.argv[1:]):
            make_caption(case, 9700 + 10 * number)
    write_versions(ROOT)
