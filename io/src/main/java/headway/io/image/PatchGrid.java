package headway.io.image;

/// How a picture is cut into patches for models that take pictures of any size (Qwen2-VL): squares of `merge × merge`
/// patches one after the other, each patch as often as a patch of a video spans frames.
///
/// @param patch side of a patch in pixels
/// @param frames pictures that a patch spans
/// @param merge patches in either direction that the model makes one vector of
record PatchGrid(int patch, int frames, int merge) {
    /// `(rows·columns, 3·frames·patch·patch)`.
    ImageProcessor.Patches cut(ImageProcessor.PixelValues pixels) {
        int H = pixels.height();
        int W = pixels.width();
        if (H % (patch * merge) != 0 || W % (patch * merge) != 0) {
            throw new ImageException(
                    "[image] %d×%d pixels; expected sides that are multiples of %d".formatted(W, H, patch * merge));
        }
        int rows = H / patch;
        int columns = W / patch;
        float[] cut = new float[pixels.values().length * frames];
        int at = 0;
        for (int n = 0; n < rows * columns; n++) {
            int square = n / (merge * merge);
            int inside = n % (merge * merge);
            int top = (square / (columns / merge) * merge + inside / merge) * patch;
            int left = (square % (columns / merge) * merge + inside % merge) * patch;
            for (int c = 0; c < 3; c++) {
                for (int copy = 0; copy < frames; copy++) {
                    for (int y = 0; y < patch; y++, at += patch) {
                        System.arraycopy(pixels.values(), (c * H + top + y) * W + left, cut, at, patch);
                    }
                }
            }
        }
        return new ImageProcessor.Patches(cut, rows, columns, merge);
    }
}
