/** The spec of the operation {@code ingest}. */
@NullMarked
package io.filejob.spec.ingest;

import org.jspecify.annotations.NullMarked;
