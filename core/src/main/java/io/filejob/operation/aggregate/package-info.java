/** Exact measures of the groups of rows with equal keys. */
@NullMarked
package io.filejob.operation.aggregate;

import org.jspecify.annotations.NullMarked;
