package headway.generate.transform;

/// Keeps the `k` highest scores, and those equal to the last of them. [Fan et al.
/// 2018](https://arxiv.org/abs/1805.04833).
public record TopK(int k) implements LogitsTransform {
    public TopK {
        if (k < 1) {
            throw new IllegalArgumentException("[generate] topK=%d; expected at least 1".formatted(k));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        if (k >= scores.length) {
            return;
        }
        float threshold = kthLargest(scores);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] < threshold) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /// A heap of the `k` largest, its smallest on top: most scores of a large vocabulary cost one comparison.
    private float kthLargest(float[] scores) {
        float[] heap = new float[k];
        System.arraycopy(scores, 0, heap, 0, k);
        for (int i = k / 2 - 1; i >= 0; i--) {
            sink(heap, i);
        }
        for (int i = k; i < scores.length; i++) {
            if (scores[i] > heap[0]) {
                heap[0] = scores[i];
                sink(heap, 0);
            }
        }
        return heap[0];
    }

    private static void sink(float[] heap, int from) {
        float value = heap[from];
        int i = from;
        for (int child = 2 * i + 1; child < heap.length; child = 2 * i + 1) {
            if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = value;
    }
}
