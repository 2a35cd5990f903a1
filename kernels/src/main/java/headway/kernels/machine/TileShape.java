package headway.kernels.machine;

import headway.kernels.Memory;

/// Shapes of the eight tiles as [TileCode#ldtilecfg] reads them: 64 bytes, palette 1.
///
/// Byte 0 is the palette; 16-bit numbers from byte 16 on are bytes a row, bytes from 48 on rows. A tile of no rows must
/// not be used.
public final class TileShape {
    /// Bytes of a configuration.
    public static final int BYTES = 64;

    private final byte[] bytes = new byte[BYTES];

    public TileShape() {
        bytes[0] = 1;
    }

    /// The same with a tile of `rows` (0 … 16) rows of `width` (0 … 64) bytes.
    public TileShape with(Tile t, int rows, int width) {
        if (rows < 0 || rows > 16 || width < 0 || width > 64 || (rows == 0) != (width == 0)) {
            throw new IllegalArgumentException(
                    "[tiles] %s of %d rows of %d bytes; expected at most 16 of 64, or none".formatted(t, rows, width));
        }
        bytes[16 + 2 * t.number()] = (byte) width;
        bytes[48 + t.number()] = (byte) rows;
        return this;
    }

    /// For a constant behind the code.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Writes the configuration to memory.
    public void store(long address) {
        for (int i = 0; i < BYTES; i++) {
            Memory.i8(address + i, bytes[i]);
        }
    }
}
