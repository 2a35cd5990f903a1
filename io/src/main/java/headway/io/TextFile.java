package headway.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// A file of text in UTF-8: packed where its name ends in `.gz`, with or without the mark that some editors put first.
public final class TextFile {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private TextFile() {}

    /// The bytes of `file`, unpacked, without the mark.
    ///
    /// @throws ConfigException where it is a folder
    public static InputStream open(Path file) throws IOException {
        return text(file.toString(), source(file));
    }

    /// The bytes of `file` as they lie.
    ///
    /// @throws ConfigException where it is a folder
    public static InputStream source(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ConfigException("[text] %s: is a folder; expected a file".formatted(file));
        }
        return Files.newInputStream(file);
    }

    /// What `in` holds, unpacked where `name` says that it is packed, without the mark.
    public static InputStream text(String name, InputStream in) throws IOException {
        var text = new PushbackInputStream(name.endsWith(".gz") ? new GZIPInputStream(in) : in, MARK.length);
        byte[] first = text.readNBytes(MARK.length);
        if (!java.util.Arrays.equals(first, MARK)) {
            text.unread(first);
        }
        return text;
    }

    /// The whole of `file`.
    ///
    /// @throws ConfigException where it is a folder, or not in UTF-8; the text says where
    public static String read(Path file) throws IOException {
        byte[] bytes;
        try (var in = open(file)) {
            bytes = in.readAllBytes();
        }
        var rest = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(
                    "[text] %s: byte %d is not UTF-8; save the text in that encoding".formatted(file, rest.position()),
                    e);
        }
    }
}
