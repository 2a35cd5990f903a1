package headway.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class TierTest {
    /// The canary: a tier that silently stopped being tested would leave everything else green. Pages for code can be
    /// had wherever tests run; where they cannot, `headway.kernels=vector` says so.
    @Test
    void theTierAskedForRuns() {
        String asked = System.getProperty("headway.kernels", "native");
        boolean x86 = System.getProperty("os.arch").equals("amd64");
        assertThat(Tier.current())
                .as("tier of this test run; a missing vector tier means that the test JVM lacks jdk.incubator.vector")
                .isEqualTo(
                        asked.equals("reference")
                                ? Tier.REFERENCE
                                : asked.equals("native") && x86 ? Tier.NATIVE : Tier.VECTOR);
        assertThat(getClass().getModule().getName()).isEqualTo("headway.kernels");
    }

    @Test
    void aCapOnInstructionsIsObeyed() {
        String cap = System.getProperty("headway.instructions");
        if (cap != null && Tier.machine()) {
            assertThat(Machine.level()).isLessThanOrEqualTo(Level.valueOf(cap.toUpperCase(java.util.Locale.ROOT)));
        }
    }

    @Test
    void forcedWidthIsInUse() {
        Integer bits = Integer.getInteger("headway.vector.bits");
        if (!Tier.vectors()) {
            assertThat(Tier.vectorBits()).isZero();
        } else if (bits != null) {
            assertThat(Tier.vectorBits()).isEqualTo(bits);
        } else {
            assertThat(Tier.vectorBits()).isIn(128, 256, 512);
        }
    }

    @Test
    void spanErrorsNameKernelOperandAndSizes() {
        Span x = KernelContract.span(DType.F32, 3, 0);
        assertThatThrownBy(() -> x.require("add", "x", 5))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("[add] x has 3 elements of F32; the given sizes need 5");
        assertThatThrownBy(() -> x.requireRange("add", "x", -1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("[add] range -1 … 2 of x is not valid; expected 0 ≤ first ≤ end");
        assertThatThrownBy(() -> x.requireRows("softmax", "x", 2, 1, 4))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage(
                        "[softmax] rows 2 … 1 of width 4 of x are not valid; expected 0 ≤ first ≤ end and a width ≥ 0");
        assertThatThrownBy(() -> x.requireType("embedding", "ids", DType.I32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[embedding] ids is F32; expected I32");
        assertThatThrownBy(() -> new Span(MemorySegment.ofArray(new float[3]), DType.F32))
                .hasMessageContaining("memory lives on the Java heap");
        Span freed;
        try (Arena arena = Arena.ofConfined()) {
            freed = Span.allocate(arena, DType.F32, 3);
        }
        assertThatThrownBy(() -> freed.require("add", "y", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("[add] memory of y was already freed");
    }

    @Test
    void storesAreRoundedOnce() {
        // Just above the tie between two bfloat16 (and float16) numbers, by less than a float can say:
        // rounding to float first would land on the tie and go down to even.
        Span bf16 = KernelContract.of(DType.BF16, 1 + 0x1p-8 + 0x1p-40, 1 + 0x1p-8, 1 + 3 * 0x1p-8 - 0x1p-40);
        assertThat(KernelContract.values(bf16)).containsExactly(1 + 0x1p-7, 1, 1 + 0x1p-7);
        Span f16 = KernelContract.of(DType.F16, 1 + 0x1p-11 + 0x1p-40, 1 + 0x1p-11, 0x1p-25 + 0x1p-60, 65520 - 1e-9);
        assertThat(KernelContract.values(f16)).containsExactly(1 + 0x1p-10, 1, 0x1p-24, 65504);
    }
}
