/**
 * Compresses JPEG files without decoding their pixels: {@link io.filejob.image.jpeg.JpegRequantizer}. Numbers of sections and
 * figures are those of ITU-T T.81, the standard of JPEG. The package depends on no other one of FileJob.
 */
@NullMarked
package io.filejob.image.jpeg;

import org.jspecify.annotations.NullMarked;
