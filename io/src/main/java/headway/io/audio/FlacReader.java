package headway.io.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.jflac.FLACDecoder;
import org.jflac.frame.Frame;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;

/// FLAC by the jFLAC library.
final class FlacReader {
    /// Bytes of "fLaC".
    private static final int MAGIC = 4;

    /// End of the block that describes the stream: its header of 4 bytes and 34 of content.
    private static final int STREAM_INFO_END = MAGIC + 4 + 34;

    private static final int LAST_BLOCK = 0x80;

    private FlacReader() {}

    static Sound read(byte[] bytes, String source) {
        try {
            return decode(bytes, source);
        } catch (IOException | RuntimeException e) {
            if (e instanceof AudioException known) {
                throw known;
            }
            throw new AudioException(
                    "[audio] %s: the FLAC decoder refuses it: %s; get the file again, or convert it to WAV"
                            .formatted(source, String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static Sound decode(byte[] bytes, String source) throws IOException {
        int frames = afterMetadata(bytes, source);
        byte[] head = Arrays.copyOf(bytes, STREAM_INFO_END);
        head[MAGIC] = (byte) LAST_BLOCK;
        var decoder = new FLACDecoder(new SequenceInputStream(
                new ByteArrayInputStream(head), new ByteArrayInputStream(bytes, frames, bytes.length - frames)));
        StreamInfo info = decoder.readStreamInfo();
        decoder.readMetadata(info);
        int depth = info.getBitsPerSample();
        int channels = info.getChannels();
        int width = (depth + 7) / 8;
        double scale = 1.0 / (1L << depth - 1);
        // The decoder widens 4 to 7 bits no further than a byte, which it stores without sign.
        boolean unsigned = width == 1;
        var samples = new FloatList();
        ByteData data = null;
        for (Frame frame = decoder.readNextFrame(); frame != null; frame = decoder.readNextFrame()) {
            data = decoder.decodeFrame(frame, data);
            byte[] pcm = data.getData();
            for (int at = 0; at + channels * width <= data.getLen(); ) {
                double sum = 0;
                for (int c = 0; c < channels; c++, at += width) {
                    sum += sample(pcm, at, width, unsigned);
                }
                samples.add((float) (sum * scale / channels));
            }
            if (info.getTotalSamples() > 0 && samples.size() > info.getTotalSamples()) {
                throw new AudioException(
                        "[audio] %s: more samples than the %d that the header claims; the file is damaged, get it again"
                                .formatted(source, info.getTotalSamples()));
            }
        }
        if (info.getTotalSamples() > 0 && samples.size() != info.getTotalSamples()) {
            throw new AudioException(
                    "[audio] %s: %d samples of %d could be read; the file is cut off or damaged, get it again"
                            .formatted(source, samples.size(), info.getTotalSamples()));
        }
        return new Sound(samples.toArray(), info.getSampleRate());
    }

    /// Where the first frame begins. The library reserves what pictures and comments claim to need, so they are left
    /// out; only the description of the stream, always the first block, is handed to it.
    private static int afterMetadata(byte[] bytes, String source) {
        boolean last = false;
        int at = MAGIC;
        while (!last) {
            if (at + 4 > bytes.length) {
                throw new AudioException("[audio] %s: the metadata is cut off; get the file again".formatted(source));
            }
            last = (bytes[at] & LAST_BLOCK) != 0;
            int type = bytes[at] & 0x7F;
            int length = (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
            if (at == MAGIC && (type != 0 || length != STREAM_INFO_END - MAGIC - 4)) {
                throw new AudioException(
                        "[audio] %s: the first metadata block does not describe the stream; get the file again"
                                .formatted(source));
            }
            if (length > bytes.length - at - 4) {
                throw new AudioException(
                        "[audio] %s: a metadata block claims %d bytes, but %d are left; the file is cut off, get it again"
                                .formatted(source, length, bytes.length - at - 4));
            }
            at += 4 + length;
        }
        return at;
    }

    private static int sample(byte[] pcm, int at, int width, boolean unsigned) {
        if (unsigned) {
            return (pcm[at] & 0xFF) - 128;
        }
        int value = pcm[at + width - 1];
        for (int i = width - 2; i >= 0; i--) {
            value = value << 8 | pcm[at + i] & 0xFF;
        }
        return value;
    }
}
