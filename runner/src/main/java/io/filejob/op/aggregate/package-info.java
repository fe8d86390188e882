/** Aggregation of rows by key. */
@NullMarked
package io.filejob.op.aggregate;

import org.jspecify.annotations.NullMarked;
