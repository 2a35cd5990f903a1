package headway.io.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// RIFF WAVE: PCM of 8, 16, 24 and 32 bits, floats of 32 and 64 bits, A-law and µ-law (ITU-T G.711).
final class WavReader {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int HEADER = 44;

    private final ByteBuffer in;
    private final String source;
    private int format = -1;
    private int channels;
    private int rate;
    private int bits;

    WavReader(byte[] bytes, String source) {
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.source = source;
    }

    Sound read() {
        in.position(12);
        while (in.remaining() >= 8) {
            byte[] name = new byte[4];
            in.get(name);
            long length = in.getInt() & 0xFFFFFFFFL;
            String chunk = new String(name, StandardCharsets.ISO_8859_1);
            if (chunk.equals("data")) {
                return data(length);
            }
            if (length > in.remaining()) {
                throw error("chunk '%s' claims %d bytes, but %d are left; the file is cut off, get it again"
                        .formatted(chunk, length, in.remaining()));
            }
            int next = (int) Math.min(in.limit(), in.position() + length + (length & 1));
            if (chunk.equals("fmt ")) {
                format(length);
            }
            in.position(next);
        }
        throw error("there is no data chunk; the file is cut off, get it again");
    }

    private void format(long length) {
        if (length < 16) {
            throw error("chunk 'fmt ' has %d bytes; expected at least 16; the file is damaged, get it again"
                    .formatted(length));
        }
        format = in.getShort() & 0xFFFF;
        channels = in.getShort() & 0xFFFF;
        rate = in.getInt();
        in.getInt();
        in.getShort();
        bits = in.getShort() & 0xFFFF;
        if (format == EXTENSIBLE && length >= 26) {
            in.position(in.position() + 8);
            format = in.getShort() & 0xFFFF;
        }
        boolean known = switch (format) {
            case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
            case FLOAT -> bits == 32 || bits == 64;
            case A_LAW, MU_LAW -> bits == 8;
            default -> false;
        };
        if (!known) {
            throw error(
                    "encoding %d with %d bits is not read; PCM, float, A-law and mu-law are; convert it to one of them"
                            .formatted(format, bits));
        }
        if (channels < 1 || channels > 64) {
            throw error("chunk 'fmt ' claims %d channels; expected 1 to 64; the file is damaged, get it again"
                    .formatted(channels));
        }
        if (rate < 1 || rate > Sound.LARGEST_RATE) {
            throw error("chunk 'fmt ' claims %d samples a second; expected 1 to %d; the file is damaged, get it again"
                    .formatted(rate, Sound.LARGEST_RATE));
        }
    }

    private Sound data(long length) {
        if (format < 0) {
            throw error("the data chunk comes before any 'fmt ' chunk; the file is damaged, get it again");
        }
        // A writer that could not go back leaves the length open: all that follows is sound.
        boolean open = length == 0xFFFFFFFFL || length == 0 && in.remaining() > 0;
        if (!open && length > in.remaining()) {
            throw error("the data chunk claims %d bytes, but %d are left; the file is cut off, get it again"
                    .formatted(length, in.remaining()));
        }
        int frame = channels * bits / 8;
        int frames = (int) (open ? in.remaining() : length) / frame;
        float[] samples = new float[frames];
        for (int i = 0; i < frames; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += sample();
            }
            samples[i] = (float) (sum / channels);
        }
        return new Sound(samples, rate);
    }

    private double sample() {
        return switch (format) {
            case FLOAT -> bits == 32 ? in.getFloat() : in.getDouble();
            case A_LAW -> aLaw(in.get()) / 32768.0;
            case MU_LAW -> muLaw(in.get()) / 32768.0;
            default ->
                switch (bits) {
                    case 8 -> ((in.get() & 0xFF) - 128) / 128.0;
                    case 16 -> in.getShort() / 32768.0;
                    case 24 -> ((in.get() & 0xFF) | (in.get() & 0xFF) << 8 | in.get() << 16) / 8388608.0;
                    default -> in.getInt() / 2147483648.0;
                };
        };
    }

    /// Sign, three bits of exponent, four of mantissa, all inverted; a bias of 132 makes the steps even.
    private static int muLaw(byte code) {
        int u = ~code & 0xFF;
        int magnitude = (((u & 0x0F) << 3) + 132 << (u >> 4 & 7)) - 132;
        return (u & 0x80) == 0 ? magnitude : -magnitude;
    }

    /// As µ-law, with every second bit inverted and no bias in the lowest segment.
    private static int aLaw(byte code) {
        int a = code & 0xFF ^ 0x55;
        int segment = a >> 4 & 7;
        int magnitude = (a & 0x0F) << 4 | 8;
        magnitude = segment == 0 ? magnitude : magnitude + 256 << segment - 1;
        return (a & 0x80) == 0 ? -magnitude : magnitude;
    }

    private AudioException error(String what) {
        return new AudioException("[audio] %s: %s".formatted(source, what));
    }

    static byte[] bytesOf(Sound sound) {
        int length = Math.multiplyExact(sound.samples().length, 2);
        var out = ByteBuffer.allocate(HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + length);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) PCM).putShort((short) 1).putInt(sound.rate()).putInt(sound.rate() * 2);
        out.putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        for (float sample : sound.samples()) {
            out.putShort((short) Math.clamp(Math.round(sample * 32768.0), Short.MIN_VALUE, Short.MAX_VALUE));
        }
        return out.array();
    }
}
