package headway.io.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/// Picture files by the JDK's readers and those of the TwelveMonkeys library.
final class PictureReader {
    private PictureReader() {}

    static Picture read(byte[] bytes, String source) {
        try (ImageInputStream in = new Bytes(bytes, source)) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new ImageException(
                        "[image] %s: this is no picture that is known here; JPEG, PNG, GIF, BMP, TIFF and WebP are read, convert it to one of them"
                                .formatted(source));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                // Asked of the header, before anything is reserved.
                if (width < 1 || height < 1 || (long) width * height > Picture.PIXEL_LIMIT) {
                    throw new ImageException(
                            "[image] %s: the picture claims %d×%d pixels; at most %d in all are read, make it smaller"
                                    .formatted(source, width, height, Picture.PIXEL_LIMIT));
                }
                return picture(reader.read(0), source);
            } finally {
                reader.dispose();
            }
        } catch (OutOfMemoryError e) {
            throw new ImageException(
                    "[image] %s: the picture needs more memory than there is; give Java more with -Xmx"
                            .formatted(source),
                    e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof ImageException known) {
                throw known;
            }
            throw new ImageException(
                    "[image] %s: the picture is damaged, get it again: %s".formatted(source, e.getMessage()), e);
        }
    }

    private static Picture picture(BufferedImage image, String source) {
        int width = image.getWidth();
        int height = image.getHeight();
        if ((long) width * height > Picture.PIXEL_LIMIT) {
            throw new ImageException(
                    "[image] %s: the picture has %d×%d pixels; at most %d in all are read, make it smaller"
                            .formatted(source, width, height, Picture.PIXEL_LIMIT));
        }
        byte[] rgb = new byte[width * height * 3];
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int type = raster.getDataBuffer().getDataType();
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        boolean packed = !palette && bands >= 3 && type == DataBuffer.TYPE_INT;
        boolean samples = !palette && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT) && bands <= 4;
        if (samples || packed) {
            // Not by way of the colour model: it would bend grey values from linear light to sRGB.
            int depth = raster.getSampleModel().getSampleSize(0);
            int[] row = new int[width * bands];
            for (int y = 0; y < height; y++) {
                raster.getPixels(0, y, width, 1, row);
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < 3; c++) {
                        int value = row[x * bands + (bands < 3 ? 0 : c)];
                        int eight = depth > 8 ? value >> depth - 8 : value * 255 / ((1 << depth) - 1);
                        rgb[(y * width + x) * 3 + c] = (byte) eight;
                    }
                }
            }
            return new Picture(width, height, rgb);
        }
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * 3;
                rgb[at] = (byte) (row[x] >> 16);
                rgb[at + 1] = (byte) (row[x] >> 8);
                rgb[at + 2] = (byte) row[x];
            }
        }
        return new Picture(width, height, rgb);
    }

    /// A file in memory. Some readers take its end for zeros and go on for as many pixels as the header claims.
    private static final class Bytes extends ImageInputStreamImpl {
        private static final int READS_PAST_THE_END = 1000;

        private final byte[] bytes;
        private final String source;
        private int past;

        Bytes(byte[] bytes, String source) {
            this.bytes = bytes;
            this.source = source;
        }

        @Override
        public int read() {
            bitOffset = 0;
            if (streamPos >= bytes.length) {
                return ended();
            }
            return bytes[(int) streamPos++] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            bitOffset = 0;
            if (streamPos >= bytes.length) {
                return ended();
            }
            int count = (int) Math.min(length, bytes.length - streamPos);
            System.arraycopy(bytes, (int) streamPos, to, offset, count);
            streamPos += count;
            return count;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        private int ended() {
            if (++past > READS_PAST_THE_END) {
                throw new ImageException(
                        "[image] %s: the picture is damaged, get it again: its data is cut off".formatted(source));
            }
            return -1;
        }
    }
}
