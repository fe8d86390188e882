/** Fuzzers: random inputs for a limited time, with seeds to reproduce failures. */
@NullMarked
package io.filejob.fuzz;

import org.jspecify.annotations.NullMarked;
