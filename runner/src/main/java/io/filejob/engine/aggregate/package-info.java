/** Aggregation of rows by key. */
@NullMarked
package io.filejob.engine.aggregate;

import org.jspecify.annotations.NullMarked;
