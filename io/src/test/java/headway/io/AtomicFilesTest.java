package headway.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("a.json");
        AtomicFiles.writeString(file, "one");
        AtomicFiles.write(file, out -> {
            out.write('2');
            out.close();
        });
        assertThat(file).hasContent("2");
        assertThat(entries()).containsExactly("a.json");
    }

    @Test
    void aFullDiskKeepsTheOldFile() throws IOException {
        Path file = folder.resolve("a.bin");
        AtomicFiles.writeString(file, "old");
        assertThatThrownBy(() -> AtomicFiles.writeChannel(file, 1L << 60, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[100]));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(FileWriteException.class)
                .hasMessageMatching(
                        "\\[write] cannot write a.bin in folder \\Q%s\\E: it needs 1152921504606846976 bytes, \\d+ are free: No space left on device; make room or choose another folder"
                                .formatted(folder));
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IllegalStateException("cut off");
                }))
                .hasMessage("cut off");
        assertThat(file).hasContent("old");
        assertThat(entries()).containsExactly("a.bin");
    }

    @Test
    void aFolderAppearsWhole() throws IOException {
        Path step = folder.resolve("step-10");
        AtomicFiles.writeFolder(step, inside -> {
            assertThat(step).doesNotExist();
            Files.writeString(inside.resolve("a"), "1");
            Files.createDirectory(inside.resolve("sub"));
            Files.writeString(inside.resolve("sub").resolve("b"), "2");
        });
        assertThat(step.resolve("sub/b")).hasContent("2");
        AtomicFiles.writeFolder(step, inside -> Files.writeString(inside.resolve("c"), "3"));
        assertThat(step.resolve("a")).doesNotExist();
        assertThat(step.resolve("c")).hasContent("3");
        assertThat(entries()).containsExactly("step-10");
    }

    @Test
    void aFolderThatFailsLeavesTheOldOne() throws IOException {
        Path step = folder.resolve("step-10");
        AtomicFiles.writeFolder(step, inside -> Files.writeString(inside.resolve("a"), "1"));
        assertThatThrownBy(() -> AtomicFiles.writeFolder(step, inside -> {
                    Files.writeString(inside.resolve("a"), "2");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(FileWriteException.class)
                .hasMessageContaining("cannot write step-10 in folder " + folder);
        assertThat(step.resolve("a")).hasContent("1");
        assertThat(entries()).containsExactly("step-10");
    }

    private java.util.List<String> entries() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
