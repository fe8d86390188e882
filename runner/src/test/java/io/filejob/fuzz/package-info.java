/** Fuzzers: random inputs for a bounded time, with a seed that brings a failure back. */
@NullMarked
package io.filejob.fuzz;

import org.jspecify.annotations.NullMarked;
