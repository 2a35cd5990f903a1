package headway.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    @TempDir
    Path folder;

    @Test
    void writtenBytesAreTheFormat() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(
                file,
                List.of(
                        new StoredTensor("b", DType.U8, new long[] {3}, MemorySegment.ofArray(new byte[] {7, 8, 9})),
                        new StoredTensor("a\"é", DType.F32, new long[] {1}, MemorySegment.ofArray(new float[] {1f}))));
        byte[] bytes = Files.readAllBytes(file);
        String json = """
                {"__metadata__":{"format":"pt"},"a\\"é":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},\
                "b":{"dtype":"U8","shape":[3],"data_offsets":[4,7]}}""";
        int length = bytes[0] & 0xFF;
        assertThat(length % 8).isZero();
        assertThat(new String(bytes, 8, length, java.nio.charset.StandardCharsets.UTF_8).strip())
                .isEqualTo(json);
        assertThat(bytes).endsWith(0, 0, 0x80, 0x3F, 7, 8, 9).hasSize(8 + length + 7);
    }

    /// Random tensors of every type and odd shapes come back bit for bit, aligned to their elements.
    @Test
    void roundTrip() {
        var random = new Random(3);
        for (int round = 0; round < 50; round++) {
            Path file = folder.resolve("r.safetensors");
            var tensors = new ArrayList<StoredTensor>();
            for (int i = random.nextInt(12); i > 0; i--) {
                var dtype = DType.values()[random.nextInt(DType.values().length)];
                long[] shape = random.longs(random.nextInt(4), 0, 7).toArray();
                byte[] data = new byte[(int) StoredTensor.bytes(dtype, shape)];
                random.nextBytes(data);
                tensors.add(new StoredTensor("layer." + i + ".w", dtype, shape, MemorySegment.ofArray(data)));
            }
            SafetensorsWriter.write(file, tensors, Map.of("step", "12"));
            try (var opened = SafetensorsFile.open(file)) {
                assertThat(opened.metadata()).containsExactlyInAnyOrderEntriesOf(Map.of("format", "pt", "step", "12"));
                assertThat(opened.names())
                        .containsExactlyInAnyOrderElementsOf(
                                tensors.stream().map(StoredTensor::name).toList());
                for (var tensor : tensors) {
                    var back = opened.tensor(tensor.name());
                    assertThat(back.dtype()).isEqualTo(tensor.dtype());
                    assertThat(back.shape()).isEqualTo(tensor.shape());
                    assertThat(back.data().mismatch(tensor.data())).isEqualTo(-1);
                    assertThat(back.data().address() % tensor.dtype().bytes()).isZero();
                }
            }
        }
    }

    @Test
    void replacingAFileThatIsMappedLeavesTheMappingWhole() {
        Path file = folder.resolve("m.safetensors");
        SafetensorsWriter.write(file, List.of(scalar("x", 1)));
        try (var old = SafetensorsFile.open(file)) {
            SafetensorsWriter.write(file, List.of(scalar("x", 2)));
            assertThat(old.tensor("x").data().get(ValueLayout.JAVA_INT_UNALIGNED, 0))
                    .isEqualTo(1);
        }
        try (var now = SafetensorsFile.open(file)) {
            assertThat(now.tensor("x").data().get(ValueLayout.JAVA_INT_UNALIGNED, 0))
                    .isEqualTo(2);
        }
    }

    @Test
    void failureInTheMiddleKeepsTheOldFileAndLeavesNothing() throws IOException {
        Path file = folder.resolve("k.safetensors");
        SafetensorsWriter.write(file, List.of(scalar("x", 1)));
        byte[] before = Files.readAllBytes(file);
        StoredTensor dead;
        try (var arena = Arena.ofConfined()) {
            dead = new StoredTensor("y", DType.I32, new long[] {2}, arena.allocate(8));
        }
        // The first tensor is already in the file when the second one's memory turns out to be freed.
        assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(scalar("x", 5), dead)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFileWhereTheFolderShouldBe() throws IOException {
        Path parent = Files.writeString(folder.resolve("plain"), "text");
        assertThatThrownBy(() -> SafetensorsWriter.write(parent.resolve("m.safetensors"), List.of(scalar("x", 1))))
                .isInstanceOf(FileWriteException.class)
                .hasMessageStartingWith("[write] cannot write m.safetensors in folder " + parent + ": it needs ")
                .hasMessageEndingWith(" bytes: that is a file, not a folder; choose another path");
        assertThatThrownBy(() -> SafetensorsWriter.write(
                        folder.resolve("none").resolve("m.safetensors"), List.of(scalar("x", 1))))
                .hasMessageEndingWith(" bytes: there is no such folder; create it first");
    }

    @Test
    void namesMustBeFree() {
        Path file = folder.resolve("n.safetensors");
        assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(scalar("x", 1), scalar("x", 2))))
                .hasMessage("[safetensors] %s: tensor name 'x' is given twice; rename one", file);
        assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(scalar("__metadata__", 1))))
                .hasMessage("[safetensors] %s: tensor name '__metadata__' is reserved for metadata; rename one", file);
        assertThat(file).doesNotExist();
    }

    @Test
    void shapeAndMemoryMustAgree() {
        assertThatThrownBy(
                        () -> new StoredTensor("w", DType.F32, new long[] {2, 3}, MemorySegment.ofArray(new byte[20])))
                .hasMessage("[safetensors] tensor 'w': shape [2, 3] of F32 takes 24 bytes, the memory given has 20");
        assertThatThrownBy(() -> new StoredTensor("w", DType.F32, new long[] {-2}, MemorySegment.ofArray(new byte[8])))
                .hasMessage("[safetensors] tensor 'w': shape [-2] of F32 has a negative or overflowing size");
    }

    private static StoredTensor scalar(String name, int value) {
        return new StoredTensor(name, DType.I32, new long[0], MemorySegment.ofArray(new int[] {value}));
    }
}
