/**
 * The proof that ledgers cover a plan, with the copies of slices that count. Pure functions, safe to use from any
 * thread.
 */
@NullMarked
package io.filejob.coverage;

import org.jspecify.annotations.NullMarked;
