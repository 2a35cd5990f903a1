package headway.io.audio;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;

/// MPEG audio, layers I to III, by the JLayer library.
///
/// An encoder puts silence before and after the sound and says how much in a first frame that holds no sound; both are
/// left out.
final class Mp3Reader {
    /// Samples by which a decoder lags behind the encoder.
    private static final int DECODER_DELAY = 529;

    /// The library's value for 1.
    private static final float FULL_SCALE = 32700;

    /// Longest description before the first frame that is stepped over.
    private static final int TAG_LIMIT = 1 << 28;

    private Mp3Reader() {}

    /// Whether an MPEG audio frame begins here: eleven bits set, version, layer, bit rate and sample rate valid.
    static boolean isFrame(byte[] bytes) {
        return bytes.length >= 4
                && (bytes[0] & 0xFF) == 0xFF
                && (bytes[1] & 0xE0) == 0xE0
                && (bytes[1] & 0x18) != 0x08
                && (bytes[1] & 0x06) != 0
                && (bytes[2] & 0xF0) != 0xF0
                && (bytes[2] & 0x0C) != 0x0C;
    }

    static Sound read(byte[] bytes, String source) {
        var samples = new FloatList();
        int rate = 0;
        try {
            int start = afterTag(bytes);
            Gap gap = gap(bytes, start);
            int skip = gap == null ? 0 : gap.frameLength;
            var stream = new Bitstream(new ByteArrayInputStream(bytes, start + skip, bytes.length - start - skip));
            var decoder = new Decoder();
            for (Header header = stream.readFrame(); header != null; header = stream.readFrame()) {
                var frame = (SampleBuffer) decoder.decodeFrame(header, stream);
                if (rate != 0 && rate != frame.getSampleFrequency()) {
                    throw new AudioException(
                            "[audio] %s: the sample rate changes from %d to %d within the file; convert it to WAV or FLAC"
                                    .formatted(source, rate, frame.getSampleFrequency()));
                }
                rate = frame.getSampleFrequency();
                add(frame, samples);
                stream.closeFrame();
            }
            if (rate != 0) {
                return new Sound(trimmed(samples.toArray(), gap), rate);
            }
        } catch (JavaLayerException | RuntimeException e) {
            if (e instanceof AudioException known) {
                throw known;
            }
            throw new AudioException(
                    "[audio] %s: the MP3 decoder refuses it after %d samples: %s; get the file again, or convert it to WAV"
                            .formatted(source, samples.size(), e),
                    e);
        }
        throw new AudioException("[audio] %s: no MPEG audio frame was found; get the file again".formatted(source));
    }

    /// Where the first frame begins: behind an ID3v2 tag, whose length has seven bits a byte.
    private static int afterTag(byte[] bytes) {
        if (!Sound.begins(bytes, 0, "ID3") || bytes.length < 10) {
            return 0;
        }
        long length = 10;
        for (int i = 6; i < 10; i++) {
            length += (long) (bytes[i] & 0x7F) << 7 * (9 - i);
        }
        return (int) Math.min(bytes.length, Math.min(length, TAG_LIMIT));
    }

    /// What the first frame says instead of sounding.
    ///
    /// @param frameLength its bytes
    /// @param before samples of silence that the encoder put in front
    /// @param after samples of silence that it put behind
    private record Gap(int frameLength, int before, int after) {}

    /// The description in the frame at `start`, or null where that frame is sound like the others.
    private static Gap gap(byte[] bytes, int start) {
        if (bytes.length < start + 200 || (bytes[start] & 0xFF) != 0xFF || (bytes[start + 1] & 0xE6) != 0xE2) {
            return null;
        }
        boolean first = (bytes[start + 1] & 0x18) == 0x18;
        boolean mono = (bytes[start + 3] & 0xC0) == 0xC0;
        int tag = start + 4 + (first ? mono ? 17 : 32 : mono ? 9 : 17);
        if (!Sound.begins(bytes, tag, "Xing") && !Sound.begins(bytes, tag, "Info")) {
            return null;
        }
        int next = start + 4;
        while (next + 4 <= bytes.length && !sameStream(bytes, start, next)) {
            next++;
        }
        // Frames, bytes, table and quality come in this order, each if its flag is set.
        int flags = bytes[tag + 7];
        int encoder = tag + 8 + 4 * (flags & 1) + 2 * (flags & 2) + 25 * (flags & 4) + (flags & 8) / 2;
        if (encoder + 24 > bytes.length || bytes[encoder] != 'L') {
            return new Gap(next - start, 0, 0);
        }
        int delays =
                (bytes[encoder + 21] & 0xFF) << 16 | (bytes[encoder + 22] & 0xFF) << 8 | bytes[encoder + 23] & 0xFF;
        return new Gap(next - start, (delays >> 12) + DECODER_DELAY, Math.max(0, (delays & 0xFFF) - DECODER_DELAY));
    }

    private static boolean sameStream(byte[] bytes, int a, int b) {
        return bytes[b] == bytes[a] && bytes[b + 1] == bytes[a + 1] && (bytes[b + 2] & 0x0C) == (bytes[a + 2] & 0x0C);
    }

    private static float[] trimmed(float[] samples, Gap gap) {
        if (gap == null || gap.before + gap.after >= samples.length) {
            return samples;
        }
        return Arrays.copyOfRange(samples, gap.before, samples.length - gap.after);
    }

    private static void add(SampleBuffer frame, FloatList samples) {
        int channels = frame.getChannelCount();
        short[] pcm = frame.getBuffer();
        for (int at = 0; at + channels <= frame.getBufferLength(); ) {
            int sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += pcm[at++];
            }
            samples.add(sum / (FULL_SCALE * channels));
        }
    }
}
