package headway.kernels.machine;

/// An address: `base + index·scale + displacement`, or a label in the code itself.
///
/// @param index null for none
/// @param broadcast one element, repeated in all lanes (AVX-512)
/// @param label a constant behind the code; then base and index are null
public record Mem(Gp base, Gp index, int scale, int displacement, boolean broadcast, Label label) implements Operand {
    public Mem {
        if (index == Gp.RSP) {
            throw new IllegalArgumentException("[assembler] rsp cannot be an index");
        }
    }

    static Mem of(Label label) {
        return new Mem(null, null, 1, 0, false, label);
    }

    /// The same element in all lanes.
    public Mem broadcast32() {
        return new Mem(base, index, scale, displacement, true, label);
    }

    /// `bytes` further.
    public Mem plus(int bytes) {
        return new Mem(base, index, scale, displacement + bytes, broadcast, label);
    }

    @Override
    public String toString() {
        if (label != null) {
            return "[rip+constant]";
        }
        var text = new StringBuilder("[").append(base.name64());
        if (index != null) {
            text.append('+').append(index.name64()).append('*').append(scale);
        }
        if (displacement != 0) {
            text.append(displacement > 0 ? "+" : "").append(displacement);
        }
        return text.append(broadcast ? "]{1to16}" : "]").toString();
    }
}
