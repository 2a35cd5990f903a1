package headway.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Files and folders that appear whole or not at all, also when the machine stops in the middle.
///
/// Content goes to `NAME.tmp-…` in the same folder, is forced to the disk, and is renamed over the
/// target; then the folder is forced. On any failure the temporary file is deleted and what was there
/// before stays untouched.
public final class AtomicFiles {
    private static final Pattern LEFT_OVER =
            Pattern.compile(".+\\.(tmp-\\d+-[0-9a-f]{8}|old-\\d+-[0-9a-f]{8}|old-[0-9a-f]+)");

    private AtomicFiles() {}

    /// Why a file could not be read or written; the system's own message may be no more than the file's name.
    public static String reason(IOException failure) {
        return switch (failure) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.NoSuchFileException _ -> "no such file";
            default -> failure.getMessage();
        };
    }

    /// Writes content; may fail.
    @FunctionalInterface
    public interface Content<T> {
        void write(T out) throws IOException;
    }

    /// Replaces `target` by what `content` writes.
    ///
    /// @throws FileWriteException when the folder is missing, full or not writable
    public static void write(Path target, Content<? super OutputStream> content) {
        writeChannel(target, -1, channel -> {
            var out = new java.io.BufferedOutputStream(new Unclosed(channel), 1 << 16);
            content.write(out);
            out.flush();
        });
    }

    /// Content that closes its stream must not close the channel, which is still to be forced to the disk.
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(FileChannel channel) {
            super(Channels.newOutputStream(channel));
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /// Replaces `target` by `text` in UTF-8.
    public static void writeString(Path target, String text) {
        write(target, out -> out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /// Replaces `target` by what `content` writes to the channel; `bytesNeeded` (-1: unknown) is for
    /// the error only.
    static void writeChannel(Path target, long bytesNeeded, Content<? super FileChannel> content) {
        Path folder = folderOf(target);
        Path temporary = temporaryFor(target);
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.write(channel);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            force(folder);
        } catch (IOException e) {
            deleteTree(temporary, e);
            throw FileWriteException.of(target, folder, bytesNeeded, e);
        } catch (RuntimeException | Error e) {
            deleteTree(temporary, e);
            throw e;
        }
    }

    /// Lets a whole folder appear at once: `content` fills a temporary folder, which then takes the
    /// target's name.
    ///
    /// A folder that is already there is moved aside first and deleted last: no file system replaces a
    /// full folder in one step. A crash between the two renames leaves the old one as `NAME.old-…`
    /// beside the complete new one `NAME.tmp-…`.
    ///
    /// @throws FileWriteException when the folder around it is missing, full or not writable
    public static void writeFolder(Path target, Content<? super Path> content) {
        Path folder = folderOf(target);
        Path temporary = temporaryFor(target);
        try {
            Files.createDirectory(temporary);
            content.write(temporary);
            forceTree(temporary);
            Path old = null;
            if (Files.exists(target)) {
                old = target.resolveSibling(temporary.getFileName().toString().replace(".tmp-", ".old-"));
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (old != null) {
                    Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
                }
                throw e;
            }
            force(folder);
            if (old != null) {
                deleteTree(old, null);
            }
        } catch (IOException e) {
            deleteTree(temporary, e);
            throw FileWriteException.of(target, folder, -1, e);
        } catch (RuntimeException | Error e) {
            deleteTree(temporary, e);
            throw e;
        }
    }

    private static Path folderOf(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("[write] %s is no file in a folder".formatted(target));
        }
        return parent;
    }

    private static Path temporaryFor(Path target) {
        return target.resolveSibling("%s.tmp-%d-%08x"
                .formatted(
                        target.getFileName(),
                        ProcessHandle.current().pid(),
                        ThreadLocalRandom.current().nextInt()));
    }

    /// Makes a rename in `folder` survive a power cut. Windows opens no folder and orders renames
    /// itself.
    private static void force(Path folder) throws IOException {
        if (java.io.File.separatorChar == '\\') {
            return;
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void forceTree(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                force(visited);
                return super.postVisitDirectory(visited, failure);
            }
        });
    }

    /// Removes from `folder` what writers of this class left behind when their process was killed: `NAME.tmp-…` and
    /// `NAME.old-…`. Only for a folder that nobody else writes to; does nothing where there is none.
    public static void sweep(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var entries = Files.list(folder)) {
            entries.filter(e -> LEFT_OVER.matcher(e.getFileName().toString()).matches())
                    .forEach(e -> deleteTree(e, null));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("[files] cannot read %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /// Takes a folder away as a whole: it loses its name first, so that nobody finds half of it.
    public static void deleteFolder(Path folder) {
        Path aside = folder.resolveSibling(folder.getFileName() + ".old-" + Long.toHexString(System.nanoTime()));
        try {
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("[files] cannot remove %s: %s".formatted(folder, e.getMessage()), e);
        }
        deleteTree(aside, null);
    }

    /// Deletes a file or folder that may be there; a failure is added to `cause`, whose news matters
    /// more.
    private static void deleteTree(Path path, Throwable cause) {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            if (cause != null) {
                cause.addSuppressed(e);
            }
        }
    }
}
