package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The derivative of every operation against central differences in double precision.
class GradCheckTest {
    private static final double F64_TOLERANCE = 2e-8;
    private static final double F32_TOLERANCE = 2e-5;

    static List<GradientCheck.Case> cases() {
        return GradientCases.all();
    }

    static Stream<Class<?>> operations() {
        return Stream.of(Op.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationHasSeveralCases(Class<?> op) {
        assertThat(cases().stream().filter(c -> c.op() == op))
                .as("gradient cases of %s", op.getSimpleName())
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void casesHaveDifferentNames() {
        assertThat(cases().stream().map(Object::toString)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsDifferences(GradientCheck.Case one) {
        var check = new GradientCheck(one);
        var found = check.gradients(DType.F64, 1);
        assertThat(found.ops()).as("operations on the tape").hasAtLeastOneElementOfType(one.op());
        GradientCheck.assertClose(found.gradients(), check.differences(), 1, F64_TOLERANCE);
        check.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void secondPassAddsToTheFirst(GradientCheck.Case one) {
        var check = new GradientCheck(one);
        var once = check.gradients(DType.F64, 1);
        GradientCheck.assertClose(check.gradients(DType.F64, 2).gradients(), once.gradients(), 2, 1e-13);
        check.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesThatAreReadTwiceGetBothGradients(GradientCheck.Case one) {
        var check = new GradientCheck(one);
        var once = check.gradients(DType.F64, 1);
        GradientCheck.assertClose(check.twice(DType.F64).gradients(), once.gradients(), 2, 1e-13);
        check.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void singlePrecisionAgrees(GradientCheck.Case one) {
        var check = new GradientCheck(one);
        var exact = check.gradients(DType.F64, 1);
        GradientCheck.assertClose(check.gradients(DType.F32, 1).gradients(), exact.gradients(), 1, F32_TOLERANCE);
        GradientCheck.assertClose(check.twice(DType.F32).gradients(), exact.gradients(), 2, F32_TOLERANCE);
        check.close();
    }
}
