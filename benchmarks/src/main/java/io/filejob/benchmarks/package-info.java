/** Data and reference programs for the benchmarks, and microbenchmarks of the hot path. */
@NullMarked
package io.filejob.benchmarks;

import org.jspecify.annotations.NullMarked;
