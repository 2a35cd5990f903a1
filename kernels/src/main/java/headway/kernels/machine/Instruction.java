package headway.kernels.machine;

import static headway.kernels.machine.Instruction.Kind.*;
import static headway.kernels.machine.Instruction.Space.*;
import static headway.kernels.machine.Instruction.Tuple.*;

/// Vector instructions with their encoding: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2.
///
/// A row says: operands, encodings that exist, mandatory prefix (0, 0x66, 0xF3, 0xF2), opcode map (1 = 0F, 2 = 0F38,
/// 3 = 0F3A), opcode, the W bit (VEX and EVEX), and how wide a memory operand is.
public enum Instruction {
    VMOVUPS(RM, BOTH, 0, 1, 0x10, 0, 0, FULL_MEMORY),
    VMOVUPS_STORE(MR, BOTH, 0, 1, 0x11, 0, 0, FULL_MEMORY),
    VMOVNTPS(MR, BOTH, 0, 1, 0x2B, 0, 0, FULL_MEMORY),
    VMOVDQU(RM, VEX, 0xF3, 1, 0x6F, 0, 0, FULL_MEMORY),
    VMOVDQU_STORE(MR, VEX, 0xF3, 1, 0x7F, 0, 0, FULL_MEMORY),
    VMOVDQU8(RM, EVEX, 0xF2, 1, 0x6F, 0, 0, FULL_MEMORY),
    VMOVDQU8_STORE(MR, EVEX, 0xF2, 1, 0x7F, 0, 0, FULL_MEMORY),
    VMOVDQU16(RM, EVEX, 0xF2, 1, 0x6F, 0, 1, FULL_MEMORY),
    VMOVDQU16_STORE(MR, EVEX, 0xF2, 1, 0x7F, 0, 1, FULL_MEMORY),
    VMOVDQU32(RM, EVEX, 0xF3, 1, 0x6F, 0, 0, FULL_MEMORY),
    VMOVDQU32_STORE(MR, EVEX, 0xF3, 1, 0x7F, 0, 0, FULL_MEMORY),
    VMOVSS_STORE(MR, BOTH, 0xF3, 1, 0x11, 0, 0, SCALAR32),
    VMASKMOVPS(NDS, VEX, 0x66, 2, 0x2C, 0, 0, FULL_MEMORY),
    VMASKMOVPS_STORE(MASKED_STORE, VEX, 0x66, 2, 0x2E, 0, 0, FULL_MEMORY),
    VBROADCASTSS(RM, BOTH, 0x66, 2, 0x18, 0, 0, SCALAR32),
    VBROADCASTF128(RM, VEX, 0x66, 2, 0x1A, 0, 0, M128),
    VBROADCASTF32X4(RM, EVEX, 0x66, 2, 0x1A, 0, 0, M128),
    VBROADCASTF64X4(RM, EVEX, 0x66, 2, 0x1B, 0, 1, M256),
    VPBROADCASTB(RM, BOTH, 0x66, 2, 0x78, 0, 0, SCALAR8),
    VPBROADCASTW(RM, BOTH, 0x66, 2, 0x79, 0, 0, SCALAR16),
    VPBROADCASTD(RM, BOTH, 0x66, 2, 0x58, 0, 0, SCALAR32),
    VPBROADCASTQ(RM, BOTH, 0x66, 2, 0x59, 0, 1, SCALAR64),

    VADDPS(NDS, BOTH, 0, 1, 0x58, 0, 0, FULL),
    VMULPS(NDS, BOTH, 0, 1, 0x59, 0, 0, FULL),
    VSUBPS(NDS, BOTH, 0, 1, 0x5C, 0, 0, FULL),
    VMINPS(NDS, BOTH, 0, 1, 0x5D, 0, 0, FULL),
    VDIVPS(NDS, BOTH, 0, 1, 0x5E, 0, 0, FULL),
    VMAXPS(NDS, BOTH, 0, 1, 0x5F, 0, 0, FULL),
    VSQRTPS(RM, BOTH, 0, 1, 0x51, 0, 0, FULL),
    VFMADD132PS(NDS, BOTH, 0x66, 2, 0x98, 0, 0, FULL),
    VFMADD213PS(NDS, BOTH, 0x66, 2, 0xA8, 0, 0, FULL),
    VFMADD231PS(NDS, BOTH, 0x66, 2, 0xB8, 0, 0, FULL),
    VFMSUB213PS(NDS, BOTH, 0x66, 2, 0xAA, 0, 0, FULL),
    VFNMADD213PS(NDS, BOTH, 0x66, 2, 0xAC, 0, 0, FULL),
    VFNMADD231PS(NDS, BOTH, 0x66, 2, 0xBC, 0, 0, FULL),
    VANDPS(NDS, BOTH, 0, 1, 0x54, 0, 0, FULL),
    VORPS(NDS, BOTH, 0, 1, 0x56, 0, 0, FULL),
    VXORPS(NDS, BOTH, 0, 1, 0x57, 0, 0, FULL),
    VBLENDVPS(BLEND, VEX, 0x66, 3, 0x4A, 0, 0, FULL_MEMORY),
    VBLENDMPS(NDS, EVEX, 0x66, 2, 0x65, 0, 0, FULL),
    VCMPPS(NDSI, VEX, 0, 1, 0xC2, 0, 0, FULL_MEMORY),
    VCMPPS_MASK(TO_MASK_IMMEDIATE, EVEX, 0, 1, 0xC2, 0, 0, FULL),
    VROUNDPS(RMI, VEX, 0x66, 3, 0x08, 0, 0, FULL_MEMORY),
    VRNDSCALEPS(RMI, EVEX, 0x66, 3, 0x08, 0, 0, FULL),
    VSCALEFPS(NDS, EVEX, 0x66, 2, 0x2C, 0, 0, FULL),
    VCVTPS2DQ(RM, BOTH, 0x66, 1, 0x5B, 0, 0, FULL),
    VCVTDQ2PS(RM, BOTH, 0, 1, 0x5B, 0, 0, FULL),
    VCVTPH2PS(RM, BOTH, 0x66, 2, 0x13, 0, 0, HALF),
    VCVTPS2PH(MRI, BOTH, 0x66, 3, 0x1D, 0, 0, HALF),
    VCVTPS2PD(RM, BOTH, 0, 1, 0x5A, 0, 0, HALF),
    VADDPD(NDS, BOTH, 0x66, 1, 0x58, 0, 1, FULL_MEMORY),
    VFMADD231PD(NDS, BOTH, 0x66, 2, 0xB8, 1, 1, FULL_MEMORY),
    VCVTNEPS2BF16(NARROW, EVEX, 0xF3, 2, 0x72, 0, 0, FULL),
    VCVTNE2PS2BF16(NDS, EVEX, 0xF2, 2, 0x72, 0, 0, FULL),
    VDPBF16PS(NDS, EVEX, 0xF3, 2, 0x52, 0, 0, FULL),

    VPDPBUSD(NDS, EVEX, 0x66, 2, 0x50, 0, 0, FULL),
    VPDPWSSD(NDS, EVEX, 0x66, 2, 0x52, 0, 0, FULL),
    VPDPBUSD_VEX(NDS, VEX, 0x66, 2, 0x50, 0, 0, FULL_MEMORY),
    VPDPWSSD_VEX(NDS, VEX, 0x66, 2, 0x52, 0, 0, FULL_MEMORY),
    VPMADDUBSW(NDS, BOTH, 0x66, 2, 0x04, 0, 0, FULL_MEMORY),
    VPMADDWD(NDS, BOTH, 0x66, 1, 0xF5, 0, 0, FULL_MEMORY),
    VPINSRW(NDSI, VEX, 0x66, 1, 0xC4, 0, 0, SCALAR16),
    VPADDB(NDS, BOTH, 0x66, 1, 0xFC, 0, 0, FULL_MEMORY),
    VPSUBB(NDS, BOTH, 0x66, 1, 0xF8, 0, 0, FULL_MEMORY),
    VPADDW(NDS, BOTH, 0x66, 1, 0xFD, 0, 0, FULL_MEMORY),
    VPSUBW(NDS, BOTH, 0x66, 1, 0xF9, 0, 0, FULL_MEMORY),
    VPADDD(NDS, BOTH, 0x66, 1, 0xFE, 0, 0, FULL),
    VPSUBD(NDS, BOTH, 0x66, 1, 0xFA, 0, 0, FULL),
    VPCMPEQB(NDS, VEX, 0x66, 1, 0x74, 0, 0, FULL_MEMORY),
    VPABSB(RM, BOTH, 0x66, 2, 0x1C, 0, 0, FULL_MEMORY),
    VPSIGNB(NDS, VEX, 0x66, 2, 0x08, 0, 0, FULL_MEMORY),
    VPAND(NDS, VEX, 0x66, 1, 0xDB, 0, 0, FULL_MEMORY),
    VPOR(NDS, VEX, 0x66, 1, 0xEB, 0, 0, FULL_MEMORY),
    VPXOR(NDS, VEX, 0x66, 1, 0xEF, 0, 0, FULL_MEMORY),
    VPANDD(NDS, EVEX, 0x66, 1, 0xDB, 0, 0, FULL),
    VPORD(NDS, EVEX, 0x66, 1, 0xEB, 0, 0, FULL),
    VPXORD(NDS, EVEX, 0x66, 1, 0xEF, 0, 0, FULL),
    VPTERNLOGD(NDSI, EVEX, 0x66, 3, 0x25, 0, 0, FULL),
    VPSLLD(SHIFT, BOTH, 0x66, 1, 0x72, 6, 0, FULL),
    VPSRLD(SHIFT, BOTH, 0x66, 1, 0x72, 2, 0, FULL),
    VPSRAD(SHIFT, BOTH, 0x66, 1, 0x72, 4, 0, FULL),
    VPSLLW(SHIFT, BOTH, 0x66, 1, 0x71, 6, 0, FULL_MEMORY),
    VPSRLW(SHIFT, BOTH, 0x66, 1, 0x71, 2, 0, FULL_MEMORY),
    VPSRAW(SHIFT, BOTH, 0x66, 1, 0x71, 4, 0, FULL_MEMORY),
    VPSLLVD(NDS, BOTH, 0x66, 2, 0x47, 0, 0, FULL),
    VPSRLVD(NDS, BOTH, 0x66, 2, 0x45, 0, 0, FULL),
    VPROLVD(NDS, EVEX, 0x66, 2, 0x15, 0, 0, FULL),
    VPMAXSD(NDS, BOTH, 0x66, 2, 0x3D, 0, 0, FULL),
    VPMINSD(NDS, BOTH, 0x66, 2, 0x39, 0, 0, FULL),
    VPMOVZXBD(RM, BOTH, 0x66, 2, 0x31, 0, 0, QUARTER),
    VPMOVSXBD(RM, BOTH, 0x66, 2, 0x21, 0, 0, QUARTER),
    VPMOVZXBW(RM, BOTH, 0x66, 2, 0x30, 0, 0, HALF),
    VPMOVSXBW(RM, BOTH, 0x66, 2, 0x20, 0, 0, HALF),
    VPMOVZXWD(RM, BOTH, 0x66, 2, 0x33, 0, 0, HALF),
    VPMOVDW(MR, EVEX, 0xF3, 2, 0x33, 0, 0, HALF),
    VPMOVSDB(MR, EVEX, 0xF3, 2, 0x21, 0, 0, QUARTER),

    VPSHUFB(NDS, BOTH, 0x66, 2, 0x00, 0, 0, FULL_MEMORY),
    VPSHUFD(RMI, BOTH, 0x66, 1, 0x70, 0, 0, FULL),
    VSHUFPS(NDSI, BOTH, 0, 1, 0xC6, 0, 0, FULL),
    VPERMILPS(RMI, BOTH, 0x66, 3, 0x04, 0, 0, FULL),
    VPERMPS(NDS, BOTH, 0x66, 2, 0x16, 0, 0, FULL),
    VPERMW(NDS, EVEX, 0x66, 2, 0x8D, 0, 1, FULL_MEMORY),
    VPERMT2W(NDS, EVEX, 0x66, 2, 0x7D, 0, 1, FULL_MEMORY),
    VPERMB(NDS, EVEX, 0x66, 2, 0x8D, 0, 0, FULL_MEMORY),
    VUNPCKLPS(NDS, BOTH, 0, 1, 0x14, 0, 0, FULL),
    VUNPCKHPS(NDS, BOTH, 0, 1, 0x15, 0, 0, FULL),
    VUNPCKLPD(NDS, BOTH, 0x66, 1, 0x14, 0, 1, FULL),
    VUNPCKHPD(NDS, BOTH, 0x66, 1, 0x15, 0, 1, FULL),
    VPACKSSDW(NDS, BOTH, 0x66, 1, 0x6B, 0, 0, FULL),
    VPACKSSWB(NDS, BOTH, 0x66, 1, 0x63, 0, 0, FULL_MEMORY),
    VPACKUSWB(NDS, BOTH, 0x66, 1, 0x67, 0, 0, FULL_MEMORY),
    VPERMQ(RMI, VEX, 0x66, 3, 0x00, 1, 1, FULL_MEMORY),
    VPUNPCKLDQ(NDS, BOTH, 0x66, 1, 0x62, 0, 0, FULL),
    VPUNPCKLQDQ(NDS, BOTH, 0x66, 1, 0x6C, 0, 1, FULL),
    VPUNPCKLWD(NDS, BOTH, 0x66, 1, 0x61, 0, 0, FULL_MEMORY),
    VPUNPCKHWD(NDS, BOTH, 0x66, 1, 0x69, 0, 0, FULL_MEMORY),
    VPERM2F128(NDSI, VEX, 0x66, 3, 0x06, 0, 0, FULL_MEMORY),
    VSHUFF32X4(NDSI, EVEX, 0x66, 3, 0x23, 0, 0, FULL),
    VINSERTF128(NDSI, VEX, 0x66, 3, 0x18, 0, 0, M128),
    VINSERTI128(NDSI, VEX, 0x66, 3, 0x38, 0, 0, M128),
    VINSERTI32X4(NDSI, EVEX, 0x66, 3, 0x38, 0, 0, M128),
    VINSERTI64X4(NDSI, EVEX, 0x66, 3, 0x3A, 0, 1, M256),
    VEXTRACTF128(MRI, VEX, 0x66, 3, 0x19, 0, 0, M128),
    VEXTRACTF64X4(MRI, EVEX, 0x66, 3, 0x1B, 0, 1, M256);

    /// Operands in Intel's order: destination first.
    enum Kind {
        /// `d, a, b/m`
        NDS,
        /// `d, a, b/m, imm8`
        NDSI,
        /// `d, a, b/m, c`: the fourth register in the immediate
        BLEND,
        /// `d, b/m`
        RM,
        /// `d, b/m, imm8`
        RMI,
        /// `d/m, s`
        MR,
        /// `d/m, s, imm8`
        MRI,
        /// `m, mask, s` in vector registers (AVX)
        MASKED_STORE,
        /// `d, b/m` with a destination of half the width
        NARROW,
        /// `d, s, imm8`: the destination in vvvv, a digit of the opcode (the VEX W column) in reg
        SHIFT,
        /// `k, a, b/m, imm8`
        TO_MASK_IMMEDIATE
    }

    /// Which prefixes can carry the instruction.
    enum Space {
        VEX,
        EVEX,
        BOTH
    }

    /// Width of the memory operand, which also scales an 8-bit displacement under EVEX.
    enum Tuple {
        FULL,
        FULL_MEMORY,
        HALF,
        QUARTER,
        M128,
        M256,
        SCALAR8,
        SCALAR16,
        SCALAR32,
        SCALAR64;

        /// Bytes read or written in memory by vectors of `bits`.
        int bytes(int bits) {
            return switch (this) {
                case FULL, FULL_MEMORY -> bits / 8;
                case HALF -> bits / 16;
                case QUARTER -> bits / 32;
                case M128 -> 16;
                case M256 -> 32;
                case SCALAR8 -> 1;
                case SCALAR16 -> 2;
                case SCALAR32 -> 4;
                case SCALAR64 -> 8;
            };
        }
    }

    final Kind kind;
    final Space space;
    final int prefix;
    final int map;
    final int opcode;
    final int digit;
    final int wVex;
    final int wEvex;
    final Tuple tuple;

    Instruction(Kind kind, Space space, int prefix, int map, int opcode, int vex, int evex, Tuple tuple) {
        this.kind = kind;
        this.space = space;
        this.prefix = prefix == 0 ? 0 : prefix == 0x66 ? 1 : prefix == 0xF3 ? 2 : 3;
        this.map = map;
        this.opcode = opcode;
        this.digit = kind == SHIFT ? vex : 0;
        this.wVex = kind == SHIFT ? 0 : vex;
        this.wEvex = evex;
        this.tuple = tuple;
    }

    /// Name as GNU `as` reads it in Intel syntax.
    @Override
    public String toString() {
        String name = name().toLowerCase(java.util.Locale.ROOT).replaceFirst("_store$|_mask$", "");
        return name.endsWith("_vex") ? "{vex} " + name.substring(0, name.length() - 4) : name;
    }
}
