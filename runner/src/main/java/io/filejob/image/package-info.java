/**
 * Compresses images with libvips, in this process: {@link io.filejob.image.ImageCompressor}. The package depends on no
 * other one of FileJob.
 */
@NullMarked
package io.filejob.image;

import org.jspecify.annotations.NullMarked;
