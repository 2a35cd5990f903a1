package headway.kernels.machine;

import static headway.kernels.machine.Gp.*;

import headway.kernels.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// One small product of tiles of each kind against plain Java, before any kernel relies on them: tiles are the one
/// level that few machines have, and a virtual machine may name what it does not give.
final class TileCheck {
    private static final int A = TileShape.BYTES;
    private static final int B = A + 1024;
    private static final int C = B + 1024;
    private static final int ROWS = 5;
    private static final int DEPTH = 7;
    private static final int COLUMNS = 11;
    private static final int UNTOUCHED = 0x5EED5EED;

    private TileCheck() {}

    /// Whether both products come out right.
    static boolean passes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(C + 1024, 64);
            return passes(arena, block.address(), TileDot.TDPBF16PS) && passes(arena, block.address(), TileDot.TDPBSUD);
        }
    }

    private static boolean passes(Arena arena, long at, TileDot dot) {
        var code = Machine.assemble(a -> write(a, dot)).finish();
        new TileShape()
                .with(Tile.tmm(0), ROWS, 4 * COLUMNS)
                .with(Tile.tmm(1), ROWS, 4 * DEPTH)
                .with(Tile.tmm(2), DEPTH, 4 * COLUMNS)
                .store(at);
        boolean pairs = dot == TileDot.TDPBF16PS;
        int n = pairs ? 2 : 4;
        for (int i = 0; i < 256; i++) {
            for (int e = 0; e < n; e++) {
                put(at + A + 4 * i, pairs, e, i * 7 % 13 - 6 + e);
                put(at + B + 4 * i, pairs, e, i * 5 % 11 + e);
            }
            Memory.i32(at + C + 4 * i, UNTOUCHED);
        }
        Machine.invoke(ExecutableMemory.install(code, arena), at, 0, 0, 0, 0, 0, 0, 0);
        for (int i = 0; i < 256; i++) {
            int got = Memory.i32(at + C + 4 * i);
            int row = i / 16, column = i % 16;
            int sum = 0;
            for (int k = 0; k < DEPTH; k++) {
                for (int e = 0; e < n; e++) {
                    sum += get(at + A + 64 * row + 4 * k, pairs, e) * get(at + B + 64 * k + 4 * column, pairs, e);
                }
            }
            int expected =
                    row >= ROWS || column >= COLUMNS ? UNTOUCHED : pairs ? Float.floatToRawIntBits((float) sum) : sum;
            if (got != expected) {
                return false;
            }
        }
        return true;
    }

    private static void put(long at, boolean pairs, int e, int value) {
        if (pairs) {
            Memory.i16(at + 2 * e, (short) (Float.floatToRawIntBits((float) value) >>> 16));
        } else {
            Memory.i8(at + e, (byte) value);
        }
    }

    private static int get(long at, boolean pairs, int e) {
        return pairs ? (int) Float.intBitsToFloat(Memory.i16(at + 2 * e) << 16) : Memory.i8(at + e);
    }

    private static void write(Assembler a, TileDot dot) {
        Tile sum = Tile.tmm(0), left = Tile.tmm(1), right = Tile.tmm(2);
        a.ldtilecfg(RDI.at());
        a.mov(RSI, 64);
        a.tileloadd(left, RDI.at(RSI, 1, A));
        a.tileloadd(right, RDI.at(RSI, 1, B));
        a.tilezero(sum);
        a.op(dot, sum, left, right);
        a.tilestored(RDI.at(RSI, 1, C), sum);
        a.tilerelease();
    }
}
