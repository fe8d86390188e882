/** Compresses the images that a CSV file names, and stores them. */
@NullMarked
package io.filejob.engine.images;

import org.jspecify.annotations.NullMarked;
