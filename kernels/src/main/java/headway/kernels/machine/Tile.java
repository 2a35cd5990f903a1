package headway.kernels.machine;

/// A tile register of AMX: up to sixteen rows of up to 64 bytes, as [TileShape] says.
///
/// @param number 0 … 7
public record Tile(int number) {
    public Tile {
        if (number < 0 || number > 7) {
            throw new IllegalArgumentException("[assembler] no tile register %d".formatted(number));
        }
    }

    public static Tile tmm(int number) {
        return new Tile(number);
    }

    @Override
    public String toString() {
        return "tmm" + number;
    }
}
