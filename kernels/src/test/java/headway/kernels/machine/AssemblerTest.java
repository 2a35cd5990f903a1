package headway.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssemblerTest {
    private static final Path GOLDENS = Path.of("../testkit/goldens/assembler");

    /// Every instruction against the bytes of GNU `as`. After a new instruction: write the texts with
    /// `-Dheadway.write.samples=true`, then run `testkit/goldens/assembler.py`.
    @Test
    void bytesAreThoseOfGnuAs() throws IOException {
        if (Boolean.getBoolean("headway.write.samples")) {
            var texts = new LinkedHashSet<String>();
            Samples.all().forEach(line -> texts.add(line.text()));
            Files.write(GOLDENS.resolve("samples.s"), texts);
        }
        Map<String, String> expected = new HashMap<>();
        for (String row : Files.readAllLines(GOLDENS.resolve("bytes.tsv"))) {
            String[] cells = row.split("\t");
            expected.put(cells[0], cells[1]);
        }
        var wrong = new ArrayList<String>();
        for (var line : Samples.all()) {
            String bytes = HexFormat.of().formatHex(line.bytes());
            if (!bytes.equals(expected.get(line.text()))) {
                wrong.add("%s: ours %s, as %s".formatted(line.text(), bytes, expected.get(line.text())));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(expected).hasSizeGreaterThan(3000);
    }

    @Test
    void misuseIsRefused() {
        var a = new Assembler();
        assertThatThrownBy(() -> a.op(Instruction.VPAND, Vec.zmm(1), Vec.zmm(2), Vec.zmm(3)))
                .hasMessage("[assembler] vpand does not take these operands");
        a.jump(new Label());
        assertThatThrownBy(a::finish).hasMessage("[assembler] a label is used but never bound");
        assertThatThrownBy(() -> a.op(TileDot.TDPBF16PS, Tile.tmm(1), Tile.tmm(1), Tile.tmm(2)))
                .hasMessage("[assembler] tdpbf16ps tmm1, tmm1, tmm2: expected three different tiles");
        assertThatThrownBy(() -> a.tileloadd(Tile.tmm(3), Gp.RAX.at()))
                .hasMessage("[assembler] rows of tmm3 at [rax]: expected an index, the distance of rows");
        assertThatThrownBy(() -> new Vec(32, 512)).hasMessage("[assembler] no vector register 32 of 512 bits");
    }

    @Test
    void jumpsAndConstantsLandWhereTheyShould() {
        if (!Machine.available()) {
            return;
        }
        // Counts rsi down to zero and adds a constant each time: a loop backwards, a jump forwards, a constant.
        var code = Machine.install(a -> {
            Label end = new Label();
            a.op(Instruction.VXORPS, Vec.xmm(0), Vec.xmm(0), Vec.xmm(0));
            Label loop = a.here();
            a.test(Gp.RSI, Gp.RSI);
            a.jump(If.E, end);
            a.op(Instruction.VADDPS, Vec.xmm(0), Vec.xmm(0), a.constant(1.5f));
            a.sub(Gp.RSI, 1);
            a.jump(loop);
            a.bind(end);
            a.store(Instruction.VMOVUPS_STORE, Gp.RDI.at(), Vec.xmm(0));
        });
        try (var arena = java.lang.foreign.Arena.ofConfined()) {
            var y = arena.allocate(16, 16);
            Machine.call(code, y.address(), 5, 0, 0, 0, 0, 0, 0);
            assertThat(y.get(java.lang.foreign.ValueLayout.JAVA_FLOAT, 12)).isEqualTo(7.5f);
        }
    }
}
