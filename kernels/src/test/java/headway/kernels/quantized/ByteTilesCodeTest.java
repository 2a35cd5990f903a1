package headway.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.machine.TileListing;
import org.junit.jupiter.api.Test;

/// What can be checked without tiles; `testkit/proofs/amx.sh` runs the code.
class ByteTilesCodeTest {
    /// Upper bytes of x to tile 0 and lower ones to tile 1, for each half of 32 columns; centred weights have a sign.
    @Test
    void everyFormAndHeight() {
        for (ByteGemmCode.Form form : ByteGemmCode.Form.values()) {
            String dot = form.minima() ? "tdpbsud" : "tdpbssd";
            for (int rows = 1; rows <= ByteTilesCode.ROWS; rows++) {
                int some = rows;
                var whole = TileListing.products(a -> ByteTilesCode.write(a, form, some, false));
                var upper = new TileListing.Product(dot, 0, 2, 4);
                var lower = new TileListing.Product(dot, 1, 3, 4);
                assertThat(whole).as("%s, %d rows", form, rows).containsExactly(upper, lower, upper, lower);
                var eight = TileListing.products(a -> ByteTilesCode.write(a, form, some, true));
                assertThat(eight).as("%s, %d rows", form, rows).containsExactly(upper, upper);
            }
        }
    }
}
