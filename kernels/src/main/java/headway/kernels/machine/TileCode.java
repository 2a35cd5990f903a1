package headway.kernels.machine;

/// The part of [Assembler] that writes AMX: tile registers, their loads and stores, their products.
///
/// A kernel loads a configuration ([TileShape]) first, which clears all tiles, and releases it in the end: what a
/// thread holds in tiles is saved at every change of threads.
public abstract sealed class TileCode extends IntegerCode permits Assembler {
    TileCode(boolean listed) {
        super(listed);
    }

    /// The shapes of all tiles, 64 bytes; clears the tiles.
    public void ldtilecfg(Mem m) {
        int from = code.length;
        code.vex(2, 0, 0, 128, 0x49, 0, 0, m);
        code.modMemory(0, m, 1, 0);
        line(from, "ldtilecfg %s", m);
    }

    /// Writes the shapes in use.
    public void sttilecfg(Mem m) {
        int from = code.length;
        code.vex(2, 1, 0, 128, 0x49, 0, 0, m);
        code.modMemory(0, m, 1, 0);
        line(from, "sttilecfg %s", m);
    }

    /// Forgets shapes and contents.
    public void tilerelease() {
        int from = code.length;
        code.vex(2, 0, 0, 128, 0x49, 0, 0, 0);
        code.modRegister(0, 0);
        line(from, "tilerelease");
    }

    public void tilezero(Tile d) {
        int from = code.length;
        code.vex(2, 3, 0, 128, 0x49, d.number(), 0, 0);
        code.modRegister(d.number(), 0);
        line(from, "tilezero %s", d);
    }

    /// Rows at `m`, whose index times scale is their distance.
    public void tileloadd(Tile d, Mem m) {
        tile("tileloadd %s, %s", 3, d, m, false);
    }

    /// The same with the hint that nobody reads them again soon.
    public void tileloaddt1(Tile d, Mem m) {
        tile("tileloaddt1 %s, %s", 1, d, m, false);
    }

    /// Rows to `m`, whose index times scale is their distance.
    public void tilestored(Mem m, Tile s) {
        tile("tilestored %s, %s", 2, s, m, true);
    }

    private void tile(String format, int prefix, Tile t, Mem m, boolean store) {
        if (m.index() == null) {
            throw new IllegalArgumentException(
                    "[assembler] rows of %s at %s: expected an index, the distance of rows".formatted(t, m));
        }
        int from = code.length;
        code.vex(2, prefix, 0, 128, 0x4B, t.number(), 0, m);
        code.modMemory(t.number(), m, 1, 0);
        line(from, format, store ? m : t, store ? t : m);
    }

    /// `d += a · b`
    public void op(TileDot dot, Tile d, Tile a, Tile b) {
        if (d.equals(a) || a.equals(b) || d.equals(b)) {
            throw new IllegalArgumentException(
                    "[assembler] %s %s, %s, %s: expected three different tiles".formatted(dot, d, a, b));
        }
        int from = code.length;
        code.vex(2, dot.prefix, 0, 128, dot.opcode, d.number(), b.number(), a.number());
        code.modRegister(d.number(), a.number());
        line(from, "%s %s, %s, %s", dot, d, a, b);
    }
}
