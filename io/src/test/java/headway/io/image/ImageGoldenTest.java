package headway.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.ConfigException;
import headway.io.Json;
import headway.io.SafetensorsFile;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures against Pillow and transformers: `testkit/goldens/images.py`.
class ImageGoldenTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "images");

    @Test
    void pixelsAreTheReferences() {
        try (var golden = SafetensorsFile.open(GOLDENS.resolve("pixels.safetensors"))) {
            assertThat(golden.names()).hasSizeGreaterThan(15);
            for (String name : golden.names()) {
                var tensor = golden.tensor(name);
                var picture = Picture.read(GOLDENS.resolve(name));
                assertThat(new long[] {picture.height(), picture.width(), 3})
                        .as(name)
                        .isEqualTo(tensor.shape());
                byte[] expected = tensor.data().toArray(ValueLayout.JAVA_BYTE);
                // Decoders of JPEG may round differently; CMYK is turned to RGB by a formula of the decoder's choice.
                int tolerance = name.endsWith("cmyk.jpg") ? 6 : name.endsWith(".jpg") ? 3 : 0;
                for (int i = 0; i < expected.length; i++) {
                    assertThat(Math.abs((picture.rgb()[i] & 0xFF) - (expected[i] & 0xFF)))
                            .as("%s, byte %d: %d, expected %d", name, i, picture.rgb()[i] & 0xFF, expected[i] & 0xFF)
                            .isLessThanOrEqualTo(tolerance);
                }
            }
        }
    }

    @Test
    void resizedPicturesAreTheReferencesToTheBit() {
        var photo = Picture.read(GOLDENS.resolve("photo.png"));
        try (var golden = SafetensorsFile.open(GOLDENS.resolve("resized.safetensors"))) {
            assertThat(golden.names()).hasSizeGreaterThan(15);
            for (String name : golden.names()) {
                String[] parts = name.split("[.x]");
                int height = Integer.parseInt(parts[2]);
                var actual = photo.resized(Integer.parseInt(parts[1]), height, Resampling.valueOf(parts[0]));
                byte[] expected = golden.tensor(name).data().toArray(ValueLayout.JAVA_BYTE);
                int step = height < 60 ? 1 : 3;
                int line = actual.width() * 3;
                for (int y = 0; y < height; y += step) {
                    assertThat(Arrays.copyOfRange(actual.rgb(), y * line, (y + 1) * line))
                            .as("%s, row %d", name, y)
                            .isEqualTo(Arrays.copyOfRange(expected, y / step * line, (y / step + 1) * line));
                }
            }
        }
    }

    @Test
    void pixelValuesAreTheReferences(@TempDir Path folder) throws IOException {
        var configs = Json.read(GOLDENS.resolve("processors.json"));
        try (var golden = SafetensorsFile.open(GOLDENS.resolve("values.safetensors"))) {
            assertThat(golden.names()).hasSize(2 * configs.size());
            for (String name : golden.names()) {
                String[] parts = name.split("\\.");
                Files.writeString(
                        folder.resolve("preprocessor_config.json"),
                        configs.path(parts[0]).toString());
                var picture = Picture.read(GOLDENS.resolve(parts[1].equals("wide") ? "photo.png" : "tall.png"));
                ImageProcessor processor = ImageProcessor.of(folder);
                float[] actual;
                if (processor.cuts()) {
                    var patches = processor.patches(picture);
                    assertThat(patches.rows() + "x" + patches.columns())
                            .as(name)
                            .isEqualTo(parts[2]);
                    actual = patches.values();
                } else {
                    var values = processor.pixelValues(picture);
                    assertThat(values.height() + "x" + values.width()).as(name).isEqualTo(parts[2]);
                    actual = values.values();
                }
                float[] expected = golden.tensor(name).data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
                assertThat(expected).hasSize((actual.length + 6) / 7);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(actual[7 * i]).as("%s, value %d", name, 7 * i).isEqualTo(expected[i]);
                }
            }
        }
    }

    @Test
    void brokenAndHugePicturesAreRefused(@TempDir Path folder) throws IOException {
        byte[] png = Files.readAllBytes(GOLDENS.resolve("photo.png"));
        refused(new byte[0], "the file is empty; get it again");
        refused("hello".getBytes(StandardCharsets.US_ASCII), "no picture that is known here; JPEG, PNG");
        refused(Arrays.copyOf(png, 200), "the picture is damaged, get it again: ");
        // A header that claims 10⁹ pixels, with its checksum right.
        var header = ByteBuffer.wrap(png.clone()).putInt(16, 40_000).putInt(20, 25_000);
        var sum = new CRC32();
        sum.update(header.array(), 12, 17);
        header.putInt(29, (int) sum.getValue());
        refused(header.array(), "claims 40000×25000 pixels; at most 178956970 in all are read, make it smaller");
        assertThatThrownBy(() -> Picture.read(folder.resolve("none.png")))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("none.png: no such file; check the path");
        assertThatThrownBy(() -> Picture.read(folder))
                .hasMessage("[image] " + folder + ": is a folder; expected a file");
        assertThatThrownBy(() -> new Picture(2, 2, new byte[3]))
                .hasMessageContaining("2×2 pixels need 12 bytes, not 3");
    }

    @Test
    void damagedPicturesNeverSurprise() throws IOException {
        var random = new Random(7);
        for (String file :
                new String[] {"photo.png", "smooth.jpg", "exif.jpg", "a.gif", "a.bmp", "a.tiff", "exif.webp"}) {
            byte[] whole = Files.readAllBytes(GOLDENS.resolve(file));
            for (int i = 0; i < 60; i++) {
                byte[] damaged =
                        Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
                for (int k = random.nextInt(6); k >= 0 && damaged.length > 0; k--) {
                    damaged[random.nextInt(Math.min(random.nextBoolean() ? 60 : 10_000, damaged.length))] =
                            (byte) random.nextInt();
                }
                try {
                    assertThat(Picture.read(damaged, file).width()).isPositive();
                } catch (ImageException e) {
                    assertThat(e).hasMessageStartingWith("[image] " + file);
                }
            }
        }
    }

    private static void refused(byte[] bytes, String text) {
        assertThatThrownBy(() -> Picture.read(bytes, "x"))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("[image] x: ")
                .hasMessageContaining(text);
    }

    @Test
    void wrongConfigurationsAreRefused(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> ImageProcessor.of(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no preprocessor_config.json");
        wrong(
                folder,
                "{\"image_processor_type\": \"DetrImageProcessor\"}",
                "image_processor_type is DetrImageProcessor; known are");
        wrong(folder, "{\"size\": {\"width\": 3}}", "key size is {\"width\":3}, expected a number, or an object");
        wrong(folder, "{\"size\": 1000000}", "key size is 1000000, expected a whole number from 1 to 16384");
        wrong(folder, "{\"resample\": 9}", "key resample is 9, expected a whole number from 0 to 5");
        wrong(folder, "{\"image_mean\": [1, 2]}", "key image_mean is [1,2], expected three numbers");
        wrong(folder, "{\"image_std\": [1, 0, 1]}", "none of them 0 in image_std");
        wrong(folder, "{\"do_resize\": \"yes\"}", "key do_resize is \"yes\", expected true or false");
        Files.writeString(
                folder.resolve("preprocessor_config.json"),
                "{\"image_processor_type\": \"CLIPImageProcessor\", \"size\": {\"shortest_edge\": 16000}}");
        assertThatThrownBy(() -> ImageProcessor.of(folder).pixelValues(new Picture(2, 2000, new byte[12000])))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("sides too unequal");
    }

    @Test
    void picturesOfAnySizeHaveBounds(@TempDir Path folder) throws IOException {
        String any = "{\"image_processor_type\": \"Qwen2VLImageProcessor\"";
        wrong(
                folder,
                any + ", \"min_pixels\": 100, \"max_pixels\": 10}",
                "pictures of 100.0 to 10.0 pixels; expected 1 to 178956970, the least first");
        wrong(folder, any + ", \"patch_size\": 0}", "key patch_size is 0, expected a whole number from 1 to 16384");
        Files.writeString(folder.resolve("preprocessor_config.json"), any + "}");
        assertThatThrownBy(() -> ImageProcessor.of(folder).patches(new Picture(2, 402, new byte[2412])))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("sides too unequal; one may be 200 times the other at most");
        Files.writeString(folder.resolve("preprocessor_config.json"), any + ", \"do_resize\": false}");
        assertThatThrownBy(() -> ImageProcessor.of(folder).patches(new Picture(29, 28, new byte[2436])))
                .hasMessageContaining("29×28 pixels; expected sides that are multiples of 28");
    }

    private static void wrong(Path folder, String json, String text) throws IOException {
        Files.writeString(folder.resolve("preprocessor_config.json"), json);
        assertThatThrownBy(() -> ImageProcessor.of(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("preprocessor_config.json: ")
                .hasMessageContaining(text);
    }
}
