package headway.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Memory;
import headway.kernels.Span;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Blocks against the `gguf` package's own arithmetic, bit for bit: `testkit/goldens/quants.py`.
class BlockTypeTest extends KernelContract {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "quants");
    private static final int QUANTIZED_ROWS = 64;

    private static MemorySegment read(Arena arena, String file) throws IOException {
        byte[] bytes = Files.readAllBytes(GOLDENS.resolve(file));
        MemorySegment memory = arena.allocate(bytes.length, Span.ALIGNMENT);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, bytes.length);
        return memory;
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreThoseOfTheFormatsLibrary(BlockType type) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment golden = read(arena, type + ".bin");
            int rows = (int) (golden.byteSize() / (type.bytes() + 4L * type.size()));
            assertThat(rows).isGreaterThanOrEqualTo(12);
            long blockBytes = (long) rows * type.bytes();
            BlockSpan blocks = new BlockSpan(golden.asSlice(0, blockBytes), type);
            Guarded to = guarded(DType.F32, (long) rows * type.size(), 1);
            blocks.dequantize(to.span(), 0, type.size(), 0, rows);
            to.check(type.name());
            for (int i = 0; i < rows * type.size(); i++) {
                int expected = Memory.i32(golden.address() + blockBytes + 4L * i);
                long block = golden.address() + (long) (i / type.size()) * type.bytes();
                assertThat(Float.floatToRawIntBits(type.value(block, i % type.size())))
                        .as("%s, specification of value %d", type, i)
                        .isEqualTo(expected);
                assertThat(Memory.i32(to.span().address(i)))
                        .as("%s, value %d", type, i)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1"})
    void quantizesAsTheFormatsLibrary(BlockType type) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment golden = read(arena, "quantize-" + type + ".bin");
            long valueBytes = 4L * 32 * QUANTIZED_ROWS;
            Span values = new Span(golden.asSlice(0, valueBytes), DType.F32);
            Guarded made = guarded(DType.I8, (long) QUANTIZED_ROWS * type.bytes(), 1);
            var to = new BlockSpan(made.span().segment(), type);
            // In two calls, so that rows are found.
            QuantizeKernel.run(to, values, 32, 0, 5);
            QuantizeKernel.run(to, values, 32, 5, QUANTIZED_ROWS);
            made.check(type.name());
            assertThat(to.segment().mismatch(golden.asSlice(valueBytes)))
                    .as("%s: first byte that differs", type)
                    .isEqualTo(-1);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            BlockSpan blocks = BlockSpan.allocate(arena, BlockType.Q4_K, 512);
            Span to = Span.allocate(arena, DType.F32, 512);
            assertThatThrownBy(() -> blocks.dequantize(to, 0, 100, 0, 1))
                    .hasMessage("[dequantize] rows of rows have 100 values; Q4_K has blocks of 256, which do not fit");
            assertThatThrownBy(() -> blocks.dequantize(to, 0, 256, 0, 3))
                    .hasMessage("[dequantize] rows has 288 bytes of Q4_K; 3 rows of 256 values need 432");
            assertThatThrownBy(() -> blocks.dequantize(to, 1, 256, 0, 2))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("to has 512 elements of F32; the given sizes need 513");
            assertThatThrownBy(() -> BlockType.Q8_0.bytes(33))
                    .hasMessage("[quantized] 33 values of Q8_0; expected a multiple of the block size 32");
            assertThatThrownBy(() -> QuantizeKernel.run(blocks, to, 256, 0, 1))
                    .hasMessage("[quantize] values cannot be quantized to Q4_K in this version;"
                            + " known: [Q8_0, Q4_0, Q4_1, Q5_0, Q5_1]");
        }
    }
}
