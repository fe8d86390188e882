/** The spec of the operation {@code compressImages}. */
@NullMarked
package io.filejob.spec.images;

import org.jspecify.annotations.NullMarked;
