package headway.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.machine.TileListing;
import org.junit.jupiter.api.Test;

/// What can be checked without tiles; `testkit/proofs/amx.sh` runs the code.
class TileGemmCodeTest {
    /// Sums in tiles 0 to 3, A in 4 and 5, B in 6 and 7: each sum takes its row of A and its column of B, once a step
    /// for each of the three heights of a block.
    @Test
    void tilesMeetTheirRowsAndColumns() {
        for (int width = 1; width <= 4; width++) {
            int panel = width;
            var products = TileListing.products(a -> TileGemmCode.write(a, panel));
            int columns = width;
            // 32 rows, 17 to 31 rows, 1 to 16 rows.
            assertThat(products).as("width %d", width).hasSize(columns * (2 + 2 + 1));
            for (var p : products) {
                assertThat(p.dot()).isEqualTo("tdpbf16ps");
                assertThat(p.d()).isEqualTo(2 * (p.a() - 4) + p.b() - 6);
            }
            var bytes = TileListing.products(a -> TileGemmCode.writeBytes(a, panel));
            assertThat(bytes)
                    .isEqualTo(products.stream()
                            .map(p -> new TileListing.Product("tdpbssd", p.d(), p.a(), p.b()))
                            .toList());
        }
    }
}
