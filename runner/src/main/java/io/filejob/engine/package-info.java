/** Processing of slices, and merging of their partial results. */
@NullMarked
package io.filejob.engine;

import org.jspecify.annotations.NullMarked;
