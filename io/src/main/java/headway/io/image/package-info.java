/// Pictures: from files to the pixel values that vision models read.
///
/// | step | class |
/// |------|-------|
/// | JPEG, PNG, GIF, BMP, TIFF, WebP to pixels | [headway.io.image.Picture] |
/// | another size, as Pillow makes it | [headway.io.image.Resampling] |
/// | resize, crop, rescale, normalize | [headway.io.image.ImageProcessor] |
package headway.io.image;
