/** What FileJob is measured against, and micro benchmarks of its hot path. */
@NullMarked
package io.filejob.benchmarks;

import org.jspecify.annotations.NullMarked;
