package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBatchesTest {
    @Test
    void everyTextComesOnceAndNextToNothingIsPadding() {
        int[] lengths = new Random(5).ints(512, 8, 129).toArray();
        List<int[]> batches = LengthBatches.of(lengths, 2048);
        assertThat(batches.stream().flatMapToInt(IntStream::of).sorted().toArray())
                .isEqualTo(IntStream.range(0, 512).toArray());
        long computed = 0;
        for (int[] batch : batches) {
            long size = (long) batch.length * lengths[batch[0]];
            assertThat(size).isLessThanOrEqualTo(2048);
            computed += size;
        }
        assertThat((double) computed / IntStream.of(lengths).sum()).isLessThan(1.04);
    }

    @Test
    void aTextLongerThanABatchRunsAlone() {
        List<int[]> batches = LengthBatches.of(new int[] {3, 5000, 3}, 100);
        assertThat(batches.get(0)).containsExactly(1);
        assertThat(batches.get(1)).containsExactly(0, 2);
        assertThat(LengthBatches.of(new int[0], 100)).isEmpty();
    }

    @Test
    void packedBatchesAreAboutEquallyLargeAndHoldEveryTextOnce() {
        int[] lengths = new int[300];
        long all = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = 1 + i * 37 % 128;
            all += lengths[i];
        }
        List<int[]> batches = LengthBatches.packed(lengths, 2048);
        assertThat(batches).hasSizeLessThanOrEqualTo((int) (all / 2048) + 2);
        var seen = new java.util.BitSet();
        for (int[] batch : batches) {
            int tokens = 0;
            for (int text : batch) {
                assertThat(seen.get(text)).isFalse();
                seen.set(text);
                tokens += lengths[text];
            }
            assertThat(tokens).isLessThanOrEqualTo(2048);
        }
        assertThat(seen.cardinality()).isEqualTo(lengths.length);
        assertThat(LengthBatches.packed(new int[] {3, 5000, 3}, 100)).containsExactly(new int[] {1}, new int[] {0, 2});
        assertThat(LengthBatches.packed(new int[0], 100)).isEmpty();
    }
}
