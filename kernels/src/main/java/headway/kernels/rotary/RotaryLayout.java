package headway.kernels.rotary;

/// Which elements of a head are rotated together.
public enum RotaryLayout {
    /// Pairs `(2i, 2i+1)`: the paper, Meta's Llama, GPT-J, GGUF Llama.
    INTERLEAVED,
    /// Pairs `(i, i + Dr/2)`: Hugging Face, GPT-NeoX.
    HALF_SPLIT
}
