package headway.io.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.quantized.BlockType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files made byte by byte: whole ones, and each way of being hostile.
class GgufFileTest {
    @TempDir
    private Path folder;

    /// Little-endian bytes, one after the other.
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes i8(int v) {
            out.write(v);
            return this;
        }

        Bytes i16(int v) {
            return i8(v & 0xFF).i8(v >>> 8 & 0xFF);
        }

        Bytes i32(int v) {
            return i16(v & 0xFFFF).i16(v >>> 16);
        }

        Bytes i64(long v) {
            return i32((int) v).i32((int) (v >>> 32));
        }

        Bytes text(String s) {
            byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
            i64(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        Bytes pair(String key, int type) {
            return text(key).i32(type);
        }

        Bytes pad(int to) {
            while (out.size() % to != 0) {
                i8(0);
            }
            return this;
        }

        int size() {
            return out.size();
        }
    }

    private static Bytes header(int version, long tensors, long pairs) {
        return new Bytes().i32(0x46554747).i32(version).i64(tensors).i64(pairs);
    }

    private static Bytes info(Bytes b, String name, int type, long offset, long... axesInnermostFirst) {
        b.text(name).i32(axesInnermostFirst.length);
        for (long axis : axesInnermostFirst) {
            b.i64(axis);
        }
        return b.i32(type).i64(offset);
    }

    private Path write(String name, Bytes b) throws IOException {
        return Files.write(folder.resolve(name), b.out.toByteArray());
    }

    private void refused(Bytes b, String... parts) throws IOException {
        Path file = write("hostile.gguf", b);
        assertThatThrownBy(() -> GgufFile.open(file).close())
                .isInstanceOf(GgufException.class)
                .hasMessageStartingWith("[gguf] " + file + ": ")
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    @Test
    void everyKindOfValueIsRead() throws IOException {
        Bytes b = header(2, 0, 14);
        b.pair("u8", 0).i8(200);
        b.pair("i8", 1).i8(-3);
        b.pair("u16", 2).i16(60000);
        b.pair("i16", 3).i16(-300);
        b.pair("u32", 4).i32(-1);
        b.pair("i32", 5).i32(-70000);
        b.pair("f32", 6).i32(Float.floatToRawIntBits(1.5f));
        b.pair("bool", 7).i8(1);
        b.pair("text", 8).text("grüß");
        b.pair("u64", 10).i64(1L << 40);
        b.pair("i64", 11).i64(-1L << 40);
        b.pair("f64", 12).i64(Double.doubleToRawLongBits(0.1));
        b.pair("list", 9).i32(8).i64(2).text("a").text("");
        b.pair("nested", 9).i32(9).i64(2).i32(0).i64(1).i8(7).i32(7).i64(0);
        try (var file = GgufFile.open(write("values.gguf", b))) {
            assertThat(file.metadata())
                    .containsEntry("u8", 200L)
                    .containsEntry("i8", -3L)
                    .containsEntry("u16", 60000L)
                    .containsEntry("i16", -300L)
                    .containsEntry("u32", 0xFFFF_FFFFL)
                    .containsEntry("i32", -70000L)
                    .containsEntry("f32", 1.5)
                    .containsEntry("bool", true)
                    .containsEntry("text", "grüß")
                    .containsEntry("u64", 1L << 40)
                    .containsEntry("i64", -1L << 40)
                    .containsEntry("f64", 0.1)
                    .containsEntry("list", List.of("a", ""))
                    .containsEntry("nested", List.of(List.of(7L), List.of()));
            assertThat(file.tensors()).isEmpty();
        }
    }

    private static Bytes twoTensors(int alignment) {
        Bytes b = header(3, 2, 1).pair("general.alignment", 4).i32(alignment);
        info(b, "plain", 0, 0, 3, 2);
        info(b, "blocks", 8, alignment, 32, 2);
        return b;
    }

    @Test
    void tensorsLieWhereTheirOffsetsSay() throws IOException {
        Bytes b = twoTensors(64).pad(64);
        for (int i = 0; i < 6; i++) {
            b.i32(Float.floatToRawIntBits(i));
        }
        b.pad(64);
        for (int i = 0; i < 68; i++) {
            b.i8(i);
        }
        try (var file = GgufFile.open(write("two.gguf", b))) {
            GgufTensor plain = file.tensors().get("plain");
            assertThat(plain.shape()).containsExactly(2, 3);
            assertThat(plain.type().plain()).isEqualTo(DType.F32);
            assertThat(plain.data()
                            .asByteBuffer()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getFloat(20))
                    .isEqualTo(5f);
            GgufTensor blocks = file.tensors().get("blocks");
            assertThat(blocks.type().blocks()).isEqualTo(BlockType.Q8_0);
            assertThat(blocks.shape()).containsExactly(2, 32);
            ByteBuffer data = blocks.data().asByteBuffer();
            assertThat(data.capacity()).isEqualTo(68);
            assertThat(data.get(67)).isEqualTo((byte) 67);
            assertThat(blocks.data().isMapped()).isTrue();
        }
    }

    @Test
    void everyShorterFileIsRefused() throws IOException {
        Bytes b = twoTensors(32).pad(32);
        byte[] whole = java.util.Arrays.copyOf(b.out.toByteArray(), b.size() + 32 + 68);
        Path file = folder.resolve("short.gguf");
        Files.write(file, whole);
        GgufFile.open(file).close();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> GgufFile.open(file).close())
                    .as("first %d bytes", length)
                    .isInstanceOf(GgufException.class)
                    .hasMessageContaining("at offset ");
        }
    }

    @Test
    void splitFilesAreOne() throws IOException {
        for (int part = 1; part <= 2; part++) {
            Bytes b = header(3, 1, 2)
                    .pair("split.count", 2)
                    .i16(2)
                    .pair("split.no", 2)
                    .i16(part - 1);
            info(b, "t" + part, 0, 0, 1).pad(32).i32(Float.floatToRawIntBits(part));
            write("m-0000%d-of-00002.gguf".formatted(part), b);
        }
        Path first = folder.resolve("m-00001-of-00002.gguf");
        try (var file = GgufFile.open(first)) {
            assertThat(file.tensors()).containsOnlyKeys("t1", "t2");
        }
        Path second = folder.resolve("m-00002-of-00002.gguf");
        assertThatThrownBy(() -> GgufFile.open(second))
                .hasMessageContaining("one of 2 parts (split.count); give the first, named …-00001-of-00002.gguf");
        Files.copy(first, second, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> GgufFile.open(first)).hasMessageContaining("tensor 't1' is there twice");
        Files.delete(second);
        assertThatThrownBy(() -> GgufFile.open(first)).hasMessage("[gguf] %s: no such file; check the path", second);
    }

    @Test
    void whatIsNoGgufFileIsRefused() throws IOException {
        refused(new Bytes().i32(0x04034b50).i64(0), "at offset 0, magic bytes are 04034b50, not 'GGUF'");
        refused(header(1, 0, 0), "at offset 4, version is 1; known: 2, 3");
        refused(header(3 << 24, 0, 0), "at offset 4, version is 03000000: the file is big-endian");
        assertThatThrownBy(() -> GgufFile.open(folder)).hasMessageContaining("cannot be read, it is a folder");
    }

    @Test
    void countsThatTheFileCannotHoldAreRefused() throws IOException {
        refused(
                header(3, 1L << 60, 0),
                "at offset 8, tensor_count is 1152921504606846976, each of at least 24 bytes; the file has 8 bytes left");
        refused(header(3, 0, -1), "at offset 16, metadata_kv_count is 18446744073709551615");
        refused(
                header(3, 0, 1).pair("k", 9).i32(4).i64(1L << 40).i64(0),
                "metadata 'k' is an array of 1099511627776 elements of at least 4 bytes; the file has 8 bytes left");
        refused(
                header(3, 0, 1).pair("k", 8).i64(1L << 33).i64(0),
                "at offset 37, metadata 'k' is a string of 8589934592 bytes; the file has 8 left");
        refused(
                header(3, 0, 1).i64(-5).i64(0),
                "at offset 24, key of metadata pair 0 is a string of 18446744073709551611");
    }

    @Test
    void wrongValuesAreRefused() throws IOException {
        refused(header(3, 0, 1).pair("k", 13).i64(0), "at offset 33, metadata 'k' has the type 13; known: 0 … 12");
        refused(header(3, 0, 1).pair("k", 9).i32(77).i64(0), "metadata 'k' has elements of the type 77");
        refused(header(3, 0, 1).pair("k", 7).i8(2), "metadata 'k' is a truth value of 2; expected 0 or 1");
        refused(header(3, 0, 1).pair("k", 10).i64(-1), "metadata 'k' is 18446744073709551615, too large a number");
        refused(header(3, 0, 2).pair("k", 0).i8(1).pair("k", 0).i8(1).i64(0), "metadata 'k' is there twice");
        refused(header(3, 0, 1).pair("k", 8).i64(2).i16(0xFFFE), "metadata 'k' is a string that is not UTF-8");
        Bytes deep = header(3, 0, 1).pair("k", 9);
        for (int i = 0; i < 1000; i++) {
            deep.i32(9).i64(1);
        }
        refused(deep, "metadata 'k' nests arrays deeper than 16");
    }

    @Test
    void moreElementsThanAnyVocabularyHasAreRefused() throws IOException {
        int length = (int) GgufReader.ELEMENT_LIMIT;
        Bytes b = header(3, 0, 2).pair("a", 9).i32(0).i64(1).i8(0);
        b.pair("k", 9).i32(0).i64(length);
        b.out.writeBytes(new byte[length]);
        refused(b, "metadata 'k' makes 16777217 elements of arrays; the limit is 16777216");
    }

    @Test
    void wrongAlignmentsAreRefused() throws IOException {
        for (int alignment : new int[] {0, 3, 48, -1}) {
            refused(
                    header(3, 0, 1).pair("general.alignment", 4).i32(alignment),
                    "metadata 'general.alignment' is " + Integer.toUnsignedString(alignment),
                    "expected a power of two");
        }
        refused(header(3, 0, 1).pair("general.alignment", 8).text("32"), "is 32; expected a power of two");
    }

    private static Bytes one(int type, long offset, long... axes) {
        Bytes b = info(header(3, 1, 0), "t", type, offset, axes).pad(32);
        return b.i64(0).i64(0).i64(0).i64(0);
    }

    @Test
    void wrongTensorsAreRefused() throws IOException {
        try (var file = GgufFile.open(write("right.gguf", one(0, 0, 8)))) {
            assertThat(file.tensors()).hasSize(1);
        }
        refused(
                one(0, 0, 9),
                "offset of tensor 't' is 0 and its data takes 36 bytes; the file has 32 after its header");
        refused(one(0, 32, 1), "offset of tensor 't' is 32 and its data takes 4 bytes");
        refused(one(0, 4, 1), "offset of tensor 't' is 4; expected a multiple of the alignment 32");
        refused(one(0, -32, 1), "offset of tensor 't' is 18446744073709551584");
        refused(one(0, Long.MAX_VALUE - 31, 1), "offset of tensor 't' is 9223372036854775776");
        refused(one(0, 0, 1L << 40), "type of tensor 't' is F32, 1099511627776 values of which take more");
        refused(one(0, 0, 1L << 40, 1L << 40), "shape of tensor 't' has the axis", "which overflows");
        refused(one(0, 0, -1), "shape of tensor 't' has the axis 18446744073709551615, which overflows");
        refused(one(0, 0, 0, -1), "which overflows");
        refused(one(99, 0, 1), "type of tensor 't' is number 99, which is not known here");
        refused(one(2, 0, 33), "type of tensor 't' is Q4_0 with blocks of 32 values, rows have 33");
        refused(one(0, 0, 1, 1, 1, 1, 1), "axes of tensor 't' are 5; expected at most 4");
        Bytes twice = header(3, 2, 0);
        info(twice, "t", 0, 0, 1);
        info(twice, "t", 0, 0, 1).pad(32).i64(0);
        refused(twice, "tensor 't' is there twice");
    }

    @Test
    void whatIsNotKnownAsAModelIsSaid() throws IOException {
        try (var file = GgufFile.open(
                write("a.gguf", header(3, 0, 1).pair("general.architecture", 8).text("starcoder")))) {
            assertThatThrownBy(() -> GgufConfig.of(file))
                    .hasMessageContaining(
                            "metadata 'general.architecture' is 'starcoder'; known here: [bert, gemma, gemma2, gemma3, gpt2, llama, mamba, phi3, qwen2, qwen3]");
        }
        try (var file = GgufFile.open(
                write("b.gguf", header(3, 0, 1).pair("general.architecture", 8).text("llama")))) {
            assertThatThrownBy(() -> GgufConfig.of(file))
                    .hasMessageContaining("metadata 'llama.embedding_length' is missing");
        }
    }
}
