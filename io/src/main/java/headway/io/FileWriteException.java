package headway.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file or folder that could not be written; what was there before is untouched.
public final class FileWriteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private FileWriteException(String message, IOException cause) {
        super(message, cause);
    }

    /// Says which file in which folder, how many bytes it needs (-1: unknown) and how many are free.
    static FileWriteException of(Path target, Path folder, long bytesNeeded, IOException cause) {
        var text = new StringBuilder("[write] cannot write %s in folder %s".formatted(target.getFileName(), folder));
        if (bytesNeeded >= 0) {
            text.append(": it needs ").append(bytesNeeded).append(" bytes");
        }
        if (!Files.exists(folder)) {
            return new FileWriteException(
                    text.append(": there is no such folder; create it first").toString(), cause);
        }
        if (!Files.isDirectory(folder)) {
            return new FileWriteException(
                    text.append(": that is a file, not a folder; choose another path")
                            .toString(),
                    cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new FileWriteException(
                    text.append(": you may not write there; choose another folder or change its permissions")
                            .toString(),
                    cause);
        }
        text.append(", ")
                .append(freeBytes(folder))
                .append(" are free: ")
                .append(cause.getMessage() == null ? cause : cause.getMessage());
        return new FileWriteException(
                text.append("; make room or choose another folder").toString(), cause);
    }

    private static String freeBytes(Path folder) {
        try {
            return Long.toString(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException | SecurityException e) {
            return "an unknown number";
        }
    }
}
