package headway.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Holds the folder of a run for one process: two that write the same checkpoints would spoil both. The operating
/// system lets go when the process ends, however it ends; the empty file stays.
final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    /// @param folder `checkpoints/` of the run, which is there
    RunLock(Path folder, Path output) {
        Path file = folder.resolve(".lock");
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot write " + file + ": " + e.getMessage(), e);
        }
        boolean ours = false;
        try {
            ours = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // This very process trains there.
        } catch (IOException e) {
            // A file system without locks: go on without.
            ours = true;
        } finally {
            if (!ours) {
                close();
            }
        }
        if (!ours) {
            throw Run.refused("another process trains in %s; wait for it, or choose another output:", output);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot close the lock of the run: " + e.getMessage(), e);
        }
    }
}
