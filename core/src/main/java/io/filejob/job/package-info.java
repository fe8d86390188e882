/**
 * The data that stages pass to each other: the plan, the results of slices, the ledgers that hold them, and the proof
 * that ledgers cover a plan. Immutable records and pure functions, safe to use from any thread.
 */
@NullMarked
package io.filejob.job;

import org.jspecify.annotations.NullMarked;
