/** Processing of slices, and merging of their partial results. */
@NullMarked
package io.filejob.op;

import org.jspecify.annotations.NullMarked;
