/** The spec of the operation {@code aggregate}. */
@NullMarked
package io.filejob.spec.aggregate;

import org.jspecify.annotations.NullMarked;
