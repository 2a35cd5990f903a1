package headway.io.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a camera was held, from a JPEG's, PNG's or WebP's EXIF block; 1 where nothing or nonsense is said.
final class ExifOrientation {
    private static final int UPRIGHT = 1;
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private ExifOrientation() {}

    static int of(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        try {
            if (begins(in, 0, 0xFF, 0xD8)) {
                return jpeg(in);
            } else if (begins(in, 0, 0x89, 'P', 'N', 'G')) {
                return png(in);
            } else if (begins(in, 0, 'R', 'I', 'F', 'F') && begins(in, 8, 'W', 'E', 'B', 'P')) {
                return webp(in.order(ByteOrder.LITTLE_ENDIAN));
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            // A block that points outside itself says nothing; the picture itself may be whole.
            return UPRIGHT;
        }
        return UPRIGHT;
    }

    private static boolean begins(ByteBuffer in, int at, int... values) {
        if (at + values.length > in.limit()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if ((in.get(at + i) & 0xFF) != values[i]) {
                return false;
            }
        }
        return true;
    }

    private static int jpeg(ByteBuffer in) {
        int at = 2;
        while (begins(in, at, 0xFF) && at + 4 <= in.limit()) {
            int marker = in.get(at + 1) & 0xFF;
            int length = in.getShort(at + 2) & 0xFFFF;
            if (marker == 0xE1 && begins(in, at + 4, 'E', 'x', 'i', 'f', 0, 0)) {
                return tiff(in.slice(at + 10, length - 8));
            }
            if (marker == 0xDA) {
                return UPRIGHT;
            }
            at += 2 + length;
        }
        return UPRIGHT;
    }

    private static int png(ByteBuffer in) {
        for (int at = 8; at + 12 <= in.limit(); ) {
            int length = in.getInt(at);
            if (begins(in, at + 4, 'e', 'X', 'I', 'f')) {
                return tiff(in.slice(at + 8, length));
            }
            if (length < 0 || length > in.limit() - at - 12) {
                return UPRIGHT;
            }
            at += 12 + length;
        }
        return UPRIGHT;
    }

    private static int webp(ByteBuffer in) {
        for (int at = 12; at + 8 <= in.limit(); ) {
            int length = in.getInt(at + 4);
            if (begins(in, at, 'E', 'X', 'I', 'F')) {
                int start = begins(in, at + 8, 'E', 'x', 'i', 'f', 0, 0) ? 6 : 0;
                return tiff(in.slice(at + 8 + start, length - start));
            }
            if (length < 0 || length > in.limit() - at - 8) {
                return UPRIGHT;
            }
            at += 8 + length + (length & 1);
        }
        return UPRIGHT;
    }

    /// The first directory of a TIFF structure: a count, then entries of twelve bytes.
    private static int tiff(ByteBuffer in) {
        in.order(begins(in, 0, 'I', 'I') ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = in.getInt(4);
        int entries = in.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int at = directory + 2 + 12 * i;
            if ((in.getShort(at) & 0xFFFF) == ORIENTATION && in.getShort(at + 2) == SHORT) {
                return in.getShort(at + 8);
            }
        }
        return UPRIGHT;
    }
}
