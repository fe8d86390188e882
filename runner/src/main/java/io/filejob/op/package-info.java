/** What is done to a slice, and how the partial results of slices combine. */
@NullMarked
package io.filejob.op;

import org.jspecify.annotations.NullMarked;
