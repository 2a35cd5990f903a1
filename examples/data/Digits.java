import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;

/// MNIST's written digits, each tenth kept for the test.
final class Digits {
    static final List<String> WORDS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    private static final int PAIRS = 24_000;

    private record Digit(byte[] pixels, int value) {}

    private final List<Digit> digits = new ArrayList<>();
    private final int width;
    private final int height;

    /// @param images IDX file ending in .gz
    /// @param labels the same for the classes
    Digits(Path images, Path labels) throws IOException {
        try (var pixels = new DataInputStream(new GZIPInputStream(Files.newInputStream(images)));
                var classes = new DataInputStream(new GZIPInputStream(Files.newInputStream(labels)))) {
            pixels.skipNBytes(4);
            classes.skipNBytes(8);
            int count = pixels.readInt();
            height = pixels.readInt();
            width = pixels.readInt();
            for (int i = 0; i < count; i++) {
                digits.add(new Digit(pixels.readNBytes(width * height), classes.readByte()));
            }
        }
    }

    /// A picture of each with its name.
    void write(Path out) throws IOException {
        Files.createDirectories(out.resolve("png"));
        var rows = new Rows();
        for (int i = 0; i < digits.size(); i++) {
            var picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            draw(picture, digits.get(i), 0, 0);
            ImageIO.write(picture, "png", out.resolve("png/" + i + ".png").toFile());
            rows.add(i % 10 == 9, List.of("image", "label"), "png/%d.png".formatted(i), digits.get(i).value);
        }
        rows.write(out);
    }

    /// Two digits in a picture of twice the size, somewhat out of place, and in words how they lie: `a seven left of a
    /// two`, `a two above a nine`.
    void writePairs(Path out) throws IOException {
        Files.createDirectories(out.resolve("png"));
        var rows = new Rows();
        var random = new Random(7);
        for (int i = 0; i < PAIRS; i++) {
            boolean tests = i % 24 == 23;
            Digit first = any(tests, random);
            Digit second = any(tests, random);
            boolean beside = random.nextBoolean();
            var picture = new BufferedImage(2 * width, 2 * height, BufferedImage.TYPE_BYTE_GRAY);
            int across = beside ? height / 2 : width / 2;
            for (int k = 0; k < 2; k++) {
                int along = k * (beside ? width : height) + random.nextInt(-2 + 2 * (1 - k), 3 - 2 * k);
                int aside = across + random.nextInt(-6, 7);
                draw(picture, k == 0 ? first : second, beside ? along : aside, beside ? aside : along);
            }
            ImageIO.write(picture, "png", out.resolve("png/" + i + ".png").toFile());
            String text = named(first) + (beside ? " left of " : " above ") + named(second);
            rows.add(tests, List.of("image", "text"), "png/%d.png".formatted(i), text);
        }
        rows.write(out);
    }

    private static String named(Digit digit) {
        return (digit.value == 8 ? "an " : "a ") + WORDS.get(digit.value);
    }

    private Digit any(boolean tests, Random random) {
        int i = random.nextInt(digits.size() / 10) * 10 + (tests ? 9 : random.nextInt(9));
        return digits.get(i);
    }

    private void draw(BufferedImage picture, Digit digit, int left, int top) {
        var raster = picture.getRaster();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int ink = digit.pixels[y * width + x] & 255;
                if (ink > 0) {
                    int px = Math.clamp(left + x, 0, picture.getWidth() - 1);
                    int py = Math.clamp(top + y, 0, picture.getHeight() - 1);
                    raster.setSample(px, py, 0, Math.max(ink, raster.getSample(px, py, 0)));
                }
            }
        }
    }
}
