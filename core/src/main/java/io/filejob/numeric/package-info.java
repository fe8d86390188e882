/** Exact decimal numbers: parsing, sums, texts. */
@NullMarked
package io.filejob.numeric;

import org.jspecify.annotations.NullMarked;
