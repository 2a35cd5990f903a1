package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.If;
import headway.kernels.machine.Instruction;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import headway.kernels.machine.Tile;
import headway.kernels.machine.TileDot;
import headway.kernels.machine.TileShape;
import headway.kernels.machine.VectorCode;

/// The most that one core multiplies and adds, measured in registers: the roof over products. Loaded only where machine
/// code runs.
public final class MachinePeak {
    private static final int F32 = 0;
    private static final int BF16 = 1;
    private static final int BYTES = 2;
    private static final int TILES = 3;
    private static final int TILES_OF_BYTES = 4;

    private static final CodeTable CODE = new CodeTable(5, (a, i) -> {
        switch (i) {
            case F32 -> write(a, Machine.level(), VFMADD231PS);
            case BF16 -> write(a, Machine.level(), VDPBF16PS);
            case BYTES -> write(a, Machine.level(), VPDPBUSD);
            case TILES -> tiles(a, TileDot.TDPBF16PS);
            default -> tiles(a, TileDot.TDPBSSD);
        }
    });

    private MachinePeak() {}

    /// Independent chains: enough to hide any latency.
    private static int chains(Level level) {
        return level == Level.AVX2 ? 12 : 24;
    }

    /// Argument: turns.
    private static void write(Assembler a, Level level, Instruction multiply) {
        var v = new VectorCode(a, level, 15);
        int n = chains(level);
        for (int i = 0; i < n + 2; i++) {
            v.zero(v.v(i));
        }
        a.align(32);
        Label loop = a.here();
        for (int i = 0; i < n; i++) {
            a.op(multiply, v.v(i), v.v(n), v.v(n + 1));
        }
        a.sub(RDI, 1);
        a.jump(If.NE, loop);
    }

    /// The same with products of tiles: four sums, each of which is ready again when the others were added to.
    private static void tiles(Assembler a, TileDot dot) {
        var shape = new TileShape();
        for (int i = 0; i < 8; i++) {
            shape.with(Tile.tmm(i), 16, 64);
        }
        a.ldtilecfg(a.constant(shape.bytes()));
        Label loop = a.here();
        for (int i = 0; i < 4; i++) {
            a.op(dot, Tile.tmm(i), Tile.tmm(4 + i / 2), Tile.tmm(6 + i % 2));
        }
        a.sub(RDI, 1);
        a.jump(If.NE, loop);
        a.tilerelease();
    }

    /// GFLOP/s of one thread in f32.
    public static double f32() {
        return f32(400_000);
    }

    static double f32(long turns) {
        Level level = Machine.level();
        return gigaflops(F32, turns, chains(level) * 2L * level.lanes());
    }

    /// GFLOP/s of one thread in pairs of bf16; 0 where the processor has no such instruction.
    public static double bf16() {
        Level level = Machine.level();
        if (level.has(Level.AMX)) {
            return gigaflops(TILES, 100_000, 4L * 16 * 16 * 64);
        }
        return level.has(Level.AVX512BF16) ? gigaflops(BF16, 400_000, chains(level) * 4L * level.lanes()) : 0;
    }

    /// Billions of operations a second of one thread on bytes; 0 where the processor has no such instruction.
    public static double bytes() {
        Level level = Machine.level();
        if (level.has(Level.AMX)) {
            return gigaflops(TILES_OF_BYTES, 100_000, 4L * 16 * 16 * 128);
        }
        return level.has(Level.AVX512) ? gigaflops(BYTES, 400_000, chains(level) * 8L * level.lanes()) : 0;
    }

    private static double gigaflops(int kind, long turns, long flops) {
        long start = System.nanoTime();
        Machine.call(CODE.of(kind), turns, 0, 0, 0, 0, 0, 0, 0);
        return (double) turns * flops / (System.nanoTime() - start);
    }
}
