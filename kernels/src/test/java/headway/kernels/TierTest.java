package headway.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
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
                        switch (asked) {
                            case "vector" -> Tier.VECTOR;
                            case "native" -> x86 ? Tier.NATIVE : Tier.REFERENCE;
                            default -> Tier.REFERENCE;
                        });
        assertThat(getClass().getModule().getName()).isEqualTo("headway.kernels");
    }

    @Test
    void aTierThatCannotBeHadIsAnnounced() {
        var said = new ArrayList<String>();
        assertThat(Tier.choose("vector", false, said::add)).isEqualTo(Tier.REFERENCE);
        assertThat(said)
                .containsExactly("headway: slow scalar kernels run, because --kernels vector needs the Vector API; "
                        + "start Java with --add-modules jdk.incubator.vector, or use ./headway --kernels vector");
        said.clear();
        String reason = "machine code does not run here: " + Machine.refusal();
        assertThat(Tier.instead("", false, said::add)).isEqualTo(Tier.REFERENCE);
        assertThat(said.getFirst()).startsWith("headway: slow scalar kernels run, because " + reason);
        said.clear();
        assertThat(Tier.instead("--kernels native: ", true, said::add)).isEqualTo(Tier.VECTOR);
        assertThat(said).containsExactly("headway: --kernels native: " + reason + "; the vector tier runs instead");
        assertThat(Tier.choose("reference", true, said::add)).isEqualTo(Tier.REFERENCE);
        assertThat(Tier.choose("VECTOR", true, said::add)).isEqualTo(Tier.VECTOR);
        assertThat(said).hasSize(1);
        assertThatThrownBy(() -> Tier.choose("fast", true, said::add))
                .hasMessage("[kernels] unknown tier 'fast'; expected reference, vector or native");
    }

    /// Nothing of machine code mentions the Vector API: its module need not be there. The run of these tests without an
    /// option has no such module, which is the proof.
    @Test
    void onlyTheVectorTierHasTheModule() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertThat(there).isEqualTo("vector".equals(System.getProperty("headway.kernels")));
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
