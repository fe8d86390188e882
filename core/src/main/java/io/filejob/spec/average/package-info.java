/** The spec of the operation {@code average}. */
@NullMarked
package io.filejob.spec.average;

import org.jspecify.annotations.NullMarked;
