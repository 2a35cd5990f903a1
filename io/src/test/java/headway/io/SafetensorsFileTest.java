package headway.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hostile and damaged files: each gets an error that names file, tensor, field and both numbers.
class SafetensorsFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("model.safetensors");
    }

    @Test
    void readsWhatTheFormatSays() throws IOException {
        write("""
                {"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[3,11]},\
                "a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"s":{"dtype":"I64","shape":[],"data_offsets":[11,19]},\
                "e":{"shape":[0,5],"dtype":"BF16","data_offsets":[19,19]}}""", 19);
        try (var opened = SafetensorsFile.open(file)) {
            assertThat(opened.names()).containsExactly("b", "a", "s", "e");
            assertThat(opened.metadata()).containsExactly(java.util.Map.entry("format", "pt"));
            assertThat(opened.tensor("a").data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3);
            // Four bytes at an odd address: 4, 5, 6, 7.
            assertThat(opened.tensor("b").data().get(ValueLayout.JAVA_INT_UNALIGNED, 0))
                    .isEqualTo(0x07060504);
            assertThat(opened.tensor("s").shape()).isEmpty();
            assertThat(opened.tensor("s").count()).isEqualTo(1);
            assertThat(opened.tensor("e").count()).isZero();
            assertThatThrownBy(() -> opened.tensor("ee"))
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessage("[safetensors] %s: no tensor 'ee'; did you mean 'e'?", file);
        }
    }

    @Test
    void afterCloseTheMemoryIsRefused() throws IOException {
        write("""
                {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", 3);
        var opened = SafetensorsFile.open(file);
        var data = opened.tensor("a").data();
        opened.close();
        opened.close();
        assertThatThrownBy(() -> data.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void missingFileFolderAndShortFile() throws IOException {
        refused("no such file; check the path");
        Files.createDirectory(file);
        refused("cannot be read, it is a folder: ");
        Files.delete(file);
        Files.write(file, new byte[7]);
        refused("file has 7 bytes, the header length at offset 0 alone takes 8; the file is damaged or cut short");
        Files.write(file, new byte[0]);
        refused("file has 0 bytes, the header length at offset 0 alone takes 8");
    }

    @ParameterizedTest
    @CsvSource({
        "1152921504606846976, 'is 1152921504606846976 bytes, the limit is 100000000'",
        "-1, 'is 18446744073709551615 bytes, the limit is 100000000'",
        "100000001, 'is 100000001 bytes, the limit is 100000000'",
        "93, 'is 93 bytes, the file has 92 after it; the file is damaged'",
        "0, 'header at offset 8 starts with nothing, expected ''{'''"
    })
    void headerLength(long length, String text) throws IOException {
        var bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        Files.write(file, bytes.array());
        refused(text);
    }

    @Test
    void headerIsNoJsonObject() throws IOException {
        write("[1]", 0);
        refused("header at offset 8 starts with byte 0x5B, expected '{'; this is not a safetensors file");
        write(" {}", 0);
        refused("header at offset 8 starts with byte 0x20");
        write("{\"a\":", 0);
        refused("header is not valid JSON near offset 13: Unexpected end-of-input");
        write("{} {}", 0);
        refused("header has text after its JSON object, at offset 11;");
        write("{\"a\":{\"x\":" + "[".repeat(5000), 0);
        refused("field x is unknown; expected dtype, shape and data_offsets");
        write("{\"a\":{\"shape\":" + "[".repeat(5000), 0);
        refused("tensor 'a', field shape holds START_ARRAY, expected VALUE_NUMBER_INT");
        write("{\"a\":\"\u0000\"}", 0);
        refused("tensor 'a', field value holds VALUE_STRING, expected START_OBJECT");
        write("{\"" + "n".repeat(70_000) + "\":1}", 0);
        refused("header is not valid JSON near offset");
    }

    @Test
    void duplicateKeys() throws IOException {
        write("""
                {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1);
        refused("Duplicate Object property \"a\"");
        write("""
                {"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1);
        refused("Duplicate Object property \"dtype\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "F31" | [1]  | [0,4] | field dtype is 'F31', expected one of [F64, F32,
            "F8_E5M2" | [4]  | [0,4] | field dtype is F8_E5M2, which Headway does not read; convert the tensor to one of
            4 | [1]  | [0,4] | field dtype holds VALUE_NUMBER_INT, expected VALUE_STRING
            "F32" | [-1]  | [0,4] | field shape holds -1, expected 0 to 2^63 - 1
            "F32" | [1.0]  | [0,4] | field shape holds VALUE_NUMBER_FLOAT, expected VALUE_NUMBER_INT
            "F32" | [9223372036854775808]  | [0,4] | field shape holds 9223372036854775808, expected 0 to 2^63 - 1
            "F32" | [4611686018427387904,2]  | [0,4] | field shape [4611686018427387904, 2] of F32 takes more than 2^63 bytes
            "F32" | [3037000500,3037000500]  | [0,4] | field shape [3037000500, 3037000500] of F32 takes more than 2^63 bytes
            "F32" | {}  | [0,4] | field shape holds START_OBJECT, expected START_ARRAY
            "F32" | [1]  | [4,0] | field data_offsets begins at 4 and ends before, at 0
            "F32" | [1]  | [0,4,8] | field data_offsets has 3 numbers, expected 2
            "F32" | [1]  | [] | field data_offsets has 0 numbers, expected 2
            "F32" | [1]  | [-4,0] | field data_offsets holds -4, expected 0 to 2^63 - 1
            "F32" | [2]  | [0,4] | field data_offsets [0, 4] spans 4 bytes, shape [2] of F32 takes 8
            "F32" | [2]  | [0,8] | field data_offsets ends at 8, the file holds 4 bytes of data; the file is damaged or cut short
            "F32" | [1]  | [4,8] | field data_offsets begins at 4, but the tensors before it end at 0; holes are not allowed
            "F32" | [1]  | null | field data_offsets holds VALUE_NULL, expected START_ARRAY
            "U8" | [3]  | [0,3] | tensors end at 3, the file holds 4 bytes of data: 1 bytes belong to no tensor
            "U8" | [9223372036854775807]  | [0,9223372036854775807] | field data_offsets ends at 9223372036854775807, the file holds 4 bytes
            """)
    void fields(String dtype, String shape, String offsets, String text) throws IOException {
        write("{\"w\":{\"dtype\":%s,\"shape\":%s,\"data_offsets\":%s}}".formatted(dtype, shape, offsets), 4);
        refused(text);
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageStartingWith("[safetensors] " + file + ": ");
    }

    @Test
    void missingFields() throws IOException {
        write("{\"w\":{\"shape\":[1],\"data_offsets\":[0,1]}}", 1);
        refused("tensor 'w', field dtype is missing");
        write("{\"w\":{\"dtype\":\"U8\",\"data_offsets\":[0,1]}}", 1);
        refused("tensor 'w', field shape is missing");
        write("{\"w\":{\"dtype\":\"U8\",\"shape\":[1]}}", 1);
        refused("tensor 'w', field data_offsets is missing");
        write("{\"__metadata__\":{\"format\":1}}", 0);
        refused("tensor '__metadata__', field format holds VALUE_NUMBER_INT, expected VALUE_STRING");
    }

    @Test
    void overlapAndHole() throws IOException {
        String two = "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%d,8]}}";
        write(two.formatted(5, 3), 8);
        refused(
                "tensor 'b', field data_offsets begins at 3, inside tensor 'a', which ends at 4; tensors must not overlap");
        write(two.formatted(3, 5), 8);
        refused(
                "tensor 'b', field data_offsets begins at 5, but the tensors before it end at 4; holes are not allowed");
        write(two.formatted(4, 4), 9);
        refused("tensors end at 8, the file holds 9 bytes of data: 1 bytes belong to no tensor");
        write(two.formatted(4, 4), 7);
        refused("tensor 'b', field data_offsets ends at 8, the file holds 7 bytes of data");
    }

    /// Whatever byte is broken and wherever the file is cut: a clear refusal or a file whose tensors
    /// lie inside it.
    @Test
    void noDamageEscapes() throws IOException {
        write("""
                {"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},\
                "b":{"dtype":"I16","shape":[3],"data_offsets":[16,22]}}""", 22);
        byte[] good = Files.readAllBytes(file);
        var random = new Random(7);
        int refusals = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bad = i % 3 == 0 ? java.util.Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (bad.length > 0 && i % 3 != 0) {
                int header = good.length - 22;
                bad[random.nextInt(header)] = (byte) random.nextInt(256);
                bad[random.nextInt(header)] = (byte) (32 + random.nextInt(96));
            }
            Files.write(file, bad);
            try (var opened = SafetensorsFile.open(file)) {
                long bytes = opened.tensors().values().stream()
                        .mapToLong(t -> t.data().byteSize())
                        .sum();
                assertThat(bytes).isEqualTo(22);
            } catch (SafetensorsException e) {
                assertThat(e).hasMessageStartingWith("[safetensors] " + file + ": ");
                refusals++;
            }
        }
        assertThat(refusals).isGreaterThan(2000);
    }

    private void refused(String text) {
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(text);
    }

    /// A file with this header and bytes 1, 2, 3 … behind it.
    private void write(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (int i = 1; i <= dataBytes; i++) {
            bytes.put((byte) i);
        }
        Files.write(file, bytes.array());
    }
}
