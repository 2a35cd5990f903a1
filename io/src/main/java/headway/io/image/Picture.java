package headway.io.image;

import headway.io.ConfigException;
import headway.io.Json;
import java.nio.file.Path;
import java.util.Arrays;

/// A picture: `height` rows of `width` pixels, each red, green and blue of a byte.
public record Picture(int width, int height, byte[] rgb) {
    /// Most pixels that are decoded, the limit at which Pillow refuses a picture too.
    static final long PIXEL_LIMIT = 178_956_970;

    private static final long FILE_LIMIT = 1L << 29;

    /// Refuses sizes that do not fit the bytes.
    public Picture {
        if (width < 1 || height < 1 || (long) width * height > PIXEL_LIMIT) {
            throw new IllegalArgumentException(
                    "[image] %d×%d pixels; expected 1×1 to %d pixels in all".formatted(width, height, PIXEL_LIMIT));
        }
        if (rgb.length != width * height * 3) {
            throw new IllegalArgumentException("[image] %d×%d pixels need %d bytes, not %d"
                    .formatted(width, height, width * height * 3, rgb.length));
        }
    }

    /// Reads a JPEG, PNG, GIF, BMP, TIFF or WebP file, turned as its EXIF orientation says; transparency is left out.
    ///
    /// @throws ImageException when the file is missing, broken, empty, too large or of another kind
    public static Picture read(Path file) {
        byte[] bytes;
        try {
            bytes = Json.readBounded(file, FILE_LIMIT);
        } catch (ConfigException e) {
            throw new ImageException(e.getMessage().replaceFirst("^\\[json]", "[image]"), e);
        }
        return read(bytes, file.toString());
    }

    /// The picture in `bytes`; `source` names them in errors.
    public static Picture read(byte[] bytes, String source) {
        if (bytes.length == 0) {
            throw new ImageException("[image] %s: the file is empty; get it again".formatted(source));
        }
        return PictureReader.read(bytes, source).turned(ExifOrientation.of(bytes));
    }

    /// The same picture with `newWidth`×`newHeight` pixels, to the bit as Pillow makes it.
    public Picture resized(int newWidth, int newHeight, Resampling filter) {
        return filter.apply(this, newWidth, newHeight);
    }

    /// The middle `cropWidth`×`cropHeight` pixels, black where the picture is smaller.
    public Picture centreCropped(int cropWidth, int cropHeight) {
        // Of an odd rest the larger half is on the left and on top where black is added, the smaller where it is cut.
        int left = Math.floorDiv(width - cropWidth, 2);
        int top = Math.floorDiv(height - cropHeight, 2);
        int first = Math.max(0, -left);
        int count = Math.min(cropWidth - first, width - left - first);
        byte[] out = new byte[cropWidth * cropHeight * 3];
        for (int y = Math.max(0, -top); y < Math.min(cropHeight, height - top); y++) {
            System.arraycopy(rgb, ((top + y) * width + left + first) * 3, out, (y * cropWidth + first) * 3, count * 3);
        }
        return new Picture(cropWidth, cropHeight, out);
    }

    /// Turned and mirrored as EXIF orientation `orientation`, 1 to 8, asks.
    Picture turned(int orientation) {
        if (orientation <= 1 || orientation > 8) {
            return this;
        }
        boolean swapped = orientation >= 5;
        int newWidth = swapped ? height : width;
        int newHeight = swapped ? width : height;
        byte[] out = new byte[rgb.length];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                int fromX = switch (orientation) {
                    case 2, 3 -> width - 1 - x;
                    case 5, 6 -> y;
                    case 7, 8 -> width - 1 - y;
                    default -> x;
                };
                int fromY = switch (orientation) {
                    case 3, 4 -> height - 1 - y;
                    case 5, 8 -> x;
                    case 6, 7 -> height - 1 - x;
                    default -> y;
                };
                System.arraycopy(rgb, (fromY * width + fromX) * 3, out, (y * newWidth + x) * 3, 3);
            }
        }
        return new Picture(newWidth, newHeight, out);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture p && p.width == width && p.height == height && Arrays.equals(p.rgb, rgb);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return "Picture[%d×%d]".formatted(width, height);
    }
}
