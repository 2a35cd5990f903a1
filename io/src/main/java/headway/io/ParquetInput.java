package headway.io;

import dev.hardwood.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The bytes of a Parquet file, copied: a map of it would end the process when another program shortens the file
/// meanwhile.
record ParquetInput(Path path, FileChannel channel) implements InputFile {
    /// Opens `path` when its ends are those of a Parquet file.
    ///
    /// @throws ConfigException when it is missing, something else, cut off or encrypted
    static ParquetInput of(Path path) {
        ParquetInput input = null;
        try {
            input = new ParquetInput(path, FileChannel.open(path));
            input.requireMagic();
            return input;
        } catch (IOException | RuntimeException e) {
            if (input != null) {
                input.close();
            }
            throw e instanceof IOException io
                    ? new ConfigException("[parquet] cannot read %s: %s".formatted(path, AtomicFiles.reason(io)), io)
                    : (RuntimeException) e;
        }
    }

    private void requireMagic() throws IOException {
        String first = length() < 4 ? "" : word(0);
        if (first.equals("PARE")) {
            throw new ConfigException("[parquet] %s is encrypted; write it without encryption".formatted(path));
        }
        if (!first.equals("PAR1")) {
            throw new ConfigException("[parquet] %s is no Parquet file: it does not begin with PAR1".formatted(path));
        }
        if (length() < 12 || !word(length() - 4).equals("PAR1")) {
            throw new ConfigException(
                    "[parquet] %s is cut off: it begins as a Parquet file and does not end as one;".formatted(path)
                            + " copy or download it again");
        }
    }

    private String word(long at) throws IOException {
        return StandardCharsets.ISO_8859_1.decode(readRange(at, 4)).toString();
    }

    /// Where a damaged page says that it goes on behind the end of its column, the library asks for nothing, again and
    /// again: that is refused.
    @Override
    public ByteBuffer readRange(long offset, int length) throws IOException {
        if (length < 1 || offset < 0 || offset + length > length()) {
            throw new IOException("a page says that it lies outside its column: the file is damaged");
        }
        // Outside the heap, where the C libraries that unpack can see it.
        var bytes = ByteBuffer.allocateDirect(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new IOException("it became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    @Override
    public void open() {}

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("[parquet] cannot close " + path, e);
        }
    }
}
