package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.tensor.op.AddOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SumOp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private final Workspace workspace = new Workspace();

    @AfterEach
    void close() {
        workspace.close();
    }

    private static Tensor floats(int count) {
        return Tensor.allocate(Shape.of("i", count), DType.F32);
    }

    @Test
    void memoryOfAScopeIsUsedAgain() {
        long first = workspace.run(() -> floats(1000).memory().address());
        long second = workspace.run(() -> floats(1000).memory().address());
        assertThat(second).isEqualTo(first);
        assertThat(workspace.liveBytes()).isZero();
    }

    @Test
    void aPieceServesRequestsThatAreALittleSmaller() {
        long first = workspace.run(() -> floats(1000).memory().address());
        long second = workspace.run(() -> floats(900).memory().address());
        assertThat(second).isEqualTo(first);
        long reserved = workspace.reservedBytes();
        workspace.run(() -> floats(3000));
        assertThat(workspace.reservedBytes()).isGreaterThan(reserved);
    }

    @Test
    void tensorsOfOneScopeDoNotOverlapAndAreAligned() {
        workspace.run(() -> {
            for (int count : new int[] {0, 1, 63, 64, 65, 1000}) {
                Tensor a = floats(count);
                Tensor b = floats(count);
                assertThat(a.memory().address() % 64).isZero();
                assertThat(Math.abs(a.memory().address() - b.memory().address()))
                        .isGreaterThanOrEqualTo(Math.max(1, 4L * count));
            }
            return null;
        });
    }

    @Test
    void innerScopesEndBeforeOuterOnes() {
        workspace.run(() -> {
            Tensor outer = floats(100);
            long live = workspace.liveBytes();
            workspace.run(() -> floats(100));
            assertThat(workspace.liveBytes()).isEqualTo(live);
            Tensor after = floats(100);
            assertThat(after.memory().address()).isNotEqualTo(outer.memory().address());
            return null;
        });
        assertThat(workspace.liveBytes()).isZero();
    }

    @Test
    void aScopeThatFailsGivesBackToo() {
        assertThatThrownBy(() -> workspace.run(() -> {
                    floats(1000);
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(workspace.liveBytes()).isZero();
    }

    @Test
    void keepingKeepsTheResultAlone() {
        workspace.run(() -> {
            Tensor kept = Workspace.keeping(() -> {
                floats(5000);
                Tensor result = floats(100);
                result.memory().set(7, 3);
                return result;
            });
            assertThat(workspace.liveBytes()).isEqualTo(512);
            workspace.run(() -> floats(100));
            assertThat(kept.memory().get(7)).isEqualTo(3);
            return null;
        });
        assertThat(workspace.liveBytes()).isZero();
    }

    @Test
    void keepingAViewKeepsWhatItViews() {
        workspace.run(() -> {
            Tensor kept = Workspace.keeping(() -> floats(100).narrow("i", 10, 5));
            long address = kept.memory().address();
            Tensor other = floats(100);
            assertThat(Math.abs(address - other.memory().address())).isGreaterThanOrEqualTo(400);
            return null;
        });
    }

    @Test
    void keepingLeavesMemoryToARunningTape() {
        workspace.run(() -> {
            Tensor x = floats(50).requireGradient(true);
            var tape = new Tape();
            tape.record(() -> Workspace.keeping(() -> {
                Tensor inner = new ScaleOp(x, 2).run();
                return new ScaleOp(inner, 2).run();
            }));
            assertThat(workspace.liveBytes()).isEqualTo(3 * 256);
            return null;
        });
    }

    @Test
    void peakIsTheMostAtOneTime() {
        workspace.run(() -> {
            floats(1024);
            workspace.run(() -> floats(2048));
            workspace.run(() -> floats(1024));
            return null;
        });
        assertThat(workspace.peakBytes()).isEqualTo(4 * 3072);
    }

    @Test
    void aThousandEqualStepsGrowNothing() {
        try (var step = new SmallStep(2, 9, 16)) {
            double loss = step.run();
            long reserved = step.workspace.reservedBytes();
            long peak = step.workspace.peakBytes();
            float[] gradients = step.gradients();
            for (int i = 0; i < 1000; i++) {
                assertThat(step.run()).isEqualTo(loss);
                assertThat(step.workspace.liveBytes()).isZero();
            }
            assertThat(step.workspace.reservedBytes()).isEqualTo(reserved);
            assertThat(step.workspace.peakBytes()).isEqualTo(peak);
            assertThat(step.gradients()).isEqualTo(gradients);
        }
    }

    @Test
    void sharedGradientsOfLeavesLeakNothing() {
        for (int i = 0; i < 3; i++) {
            workspace.run(() -> {
                Tensor a = Tensor.zerosLike(floats(64)).requireGradient(true);
                Tensor b = Tensor.zerosLike(floats(64)).requireGradient(true);
                var tape = new Tape();
                Tensor loss =
                        tape.record(() -> SumOp.mean(new AddOp(a, b).run()).run());
                tape.backward(loss, 1);
                return null;
            });
            assertThat(workspace.liveBytes()).isZero();
        }
    }

    @Test
    void saysThatNoneIsOpen() {
        assertThatThrownBy(() -> floats(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("[workspace] no workspace is open; run the computation inside workspace.run(() -> …)");
    }
}
