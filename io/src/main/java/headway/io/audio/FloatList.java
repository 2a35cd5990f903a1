package headway.io.audio;

import java.util.Arrays;

/// A growing list of floats: how long a compressed sound is shows only when it has been read.
final class FloatList {
    private static final int LIMIT = 1 << 29;

    private float[] values = new float[1 << 14];
    private int size;

    /// @throws AudioException beyond three hours of music: a few bytes may claim any length
    void add(float value) {
        if (size == values.length) {
            if (size > LIMIT) {
                throw new AudioException("[audio] the sound is longer than %d samples; cut it".formatted(LIMIT));
            }
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    float[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
