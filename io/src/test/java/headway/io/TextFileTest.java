package headway.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    @TempDir
    private Path folder;

    private Path file(String name, byte... bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void theMarkOfEditorsIsNoText() throws IOException {
        byte[] marked = "\uFEFFGrüße".getBytes(StandardCharsets.UTF_8);
        assertThat(TextFile.read(file("marked.txt", marked))).isEqualTo("Grüße");
        assertThat(TextFile.read(file("twice.txt", "\uFEFF\uFEFFa".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("\uFEFFa");
        assertThat(TextFile.read(file("short.txt", (byte) 'a'))).isEqualTo("a");
        assertThat(TextFile.read(file("empty.txt"))).isEmpty();
        Path packed = folder.resolve("packed.txt.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(marked);
        }
        assertThat(TextFile.read(packed)).isEqualTo("Grüße");
    }

    @Test
    void whatIsNoTextIsNamed() throws IOException {
        assertThatThrownBy(() -> TextFile.read(folder))
                .hasMessage("[text] " + folder + ": is a folder; expected a file");
        Path latin = file("latin.txt", (byte) 'G', (byte) 'r', (byte) 0xFC, (byte) 's');
        assertThatThrownBy(() -> TextFile.read(latin))
                .hasMessage("[text] " + latin + ": byte 2 is not UTF-8; save the text in that encoding");
        assertThatThrownBy(() -> TextFile.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }
}
