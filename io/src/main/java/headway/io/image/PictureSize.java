package headway.io.image;

/// A size that pictures are brought to.
sealed interface PictureSize {
    /// `picture` in this size.
    Picture resize(Picture picture, Resampling filter);

    /// Always the same.
    record Sides(int height, int width) implements PictureSize {
        @Override
        public Picture resize(Picture picture, Resampling filter) {
            return picture.resized(width, height, filter);
        }
    }

    /// The shorter side is given, the other one follows.
    record ShortestEdge(int edge) implements PictureSize {
        @Override
        public Picture resize(Picture picture, Resampling filter) {
            long shorter = Math.min(picture.width(), picture.height());
            long longer = Math.max(picture.width(), picture.height());
            // In double precision, as the reference computes it.
            long other = (long) ((double) (edge * longer) / shorter);
            if (other * edge > Picture.PIXEL_LIMIT) {
                throw new ImageException("[image] %s has sides too unequal: resized it would have %d×%d pixels"
                        .formatted(picture, edge, other));
            }
            return picture.width() <= picture.height()
                    ? picture.resized(edge, (int) other, filter)
                    : picture.resized((int) other, edge, filter);
        }
    }

    /// Sides that are multiples of `factor`, near those of the picture, with at least `least` and at most `most` pixels
    /// in all. [Wang et al. 2024](https://arxiv.org/abs/2409.12191), section 2.1.
    record Area(int factor, long least, long most) implements PictureSize {
        private static final int UNEQUAL = 200;

        @Override
        public Picture resize(Picture picture, Resampling filter) {
            int height = picture.height();
            int width = picture.width();
            if ((double) Math.max(height, width) / Math.min(height, width) > UNEQUAL) {
                throw new ImageException("[image] %s has sides too unequal; one may be %d times the other at most"
                        .formatted(picture, UNEQUAL));
            }
            double pixels = (double) height * width;
            long rows = (long) Math.rint((double) height / factor) * factor;
            long columns = (long) Math.rint((double) width / factor) * factor;
            if (rows * columns > most) {
                double shrink = Math.sqrt(pixels / most);
                rows = Math.max(factor, (long) Math.floor(height / shrink / factor) * factor);
                columns = Math.max(factor, (long) Math.floor(width / shrink / factor) * factor);
            } else if (rows * columns < least) {
                double grow = Math.sqrt(least / pixels);
                rows = (long) Math.ceil(height * grow / factor) * factor;
                columns = (long) Math.ceil(width * grow / factor) * factor;
            }
            return picture.resized((int) columns, (int) rows, filter);
        }
    }
}
