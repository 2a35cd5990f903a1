package headway.kernels.machine;

/// What a vector instruction may take as its last source: a vector register or memory.
public sealed interface Operand permits Vec, Mem {}
