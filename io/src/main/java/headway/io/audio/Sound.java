package headway.io.audio;

import headway.io.AtomicFiles;
import headway.io.ConfigException;
import headway.io.Json;
import java.nio.file.Path;

/// Sound in one channel: samples between -1 and 1, `rate` of them a second.
///
/// Several channels are averaged into one, as speech models want it.
public record Sound(float[] samples, int rate) {
    /// Largest file that is read: an hour of uncompressed stereo has 600 MB.
    private static final long FILE_LIMIT = 1L << 30;

    /// Rates beyond this are a damaged header.
    static final int LARGEST_RATE = 1_000_000;

    /// Refuses rates that no recording has.
    public Sound {
        if (rate < 1 || rate > LARGEST_RATE) {
            throw new IllegalArgumentException(
                    "[audio] rate is %d samples a second; expected 1 to %d".formatted(rate, LARGEST_RATE));
        }
    }

    /// Reads a WAV, FLAC or MP3 file, told apart by their first bytes.
    ///
    /// @throws AudioException when the file is missing, broken, empty or of another kind
    public static Sound read(Path file) {
        byte[] bytes;
        try {
            bytes = Json.readBounded(file, FILE_LIMIT);
        } catch (ConfigException e) {
            throw new AudioException(e.getMessage().replaceFirst("^\\[json]", "[audio]"), e);
        }
        return read(bytes, file.toString());
    }

    /// The sound in `bytes`; `source` names them in errors.
    public static Sound read(byte[] bytes, String source) {
        if (bytes.length == 0) {
            throw new AudioException("[audio] %s: the file is empty; get it again".formatted(source));
        }
        Sound sound;
        if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WAVE")) {
            sound = new WavReader(bytes, source).read();
        } else if (begins(bytes, 0, "fLaC")) {
            sound = FlacReader.read(bytes, source);
        } else if (begins(bytes, 0, "ID3") || Mp3Reader.isFrame(bytes)) {
            sound = Mp3Reader.read(bytes, source);
        } else {
            throw new AudioException("[audio] %s: %s; WAV, FLAC and MP3 are read, convert it to one of them"
                    .formatted(source, kind(bytes)));
        }
        if (sound.samples.length == 0) {
            throw new AudioException(
                    "[audio] %s: the file holds no samples; record it again, or leave it out".formatted(source));
        }
        return sound;
    }

    private static String kind(byte[] bytes) {
        if (begins(bytes, 0, "OggS")) {
            return "this is an Ogg file";
        } else if (begins(bytes, 4, "ftyp")) {
            return "this is an MP4 file";
        } else if (begins(bytes, 0, "RF64") || begins(bytes, 0, "RIFX") || begins(bytes, 0, "FORM")) {
            return "this is a relative of WAV, " + new String(bytes, 0, 4, java.nio.charset.StandardCharsets.US_ASCII);
        }
        return "this is no sound file that is known here";
    }

    static boolean begins(byte[] bytes, int at, String word) {
        if (at + word.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Seconds that it lasts.
    public double seconds() {
        return (double) samples.length / rate;
    }

    /// The same sound with `newRate` samples a second; see [SincResampling].
    public Sound resampled(int newRate) {
        return newRate == rate
                ? this
                : new Sound(SincResampling.of(rate, newRate).apply(samples), newRate);
    }

    /// Samples from `start` on, at most `length` of them.
    public Sound slice(int start, int length) {
        int from = Math.min(start, samples.length);
        int to = Math.min(samples.length, from + length);
        return new Sound(java.util.Arrays.copyOfRange(samples, from, to), rate);
    }

    /// Writes a WAV file of 16 bits.
    public void writeWav(Path file) {
        AtomicFiles.write(file, out -> out.write(WavReader.bytesOf(this)));
    }
}
