/**
 * The plan of a job: stages, slices, input files, and the fingerprint that identifies it. Immutable records and
 * pure functions, safe to use from any thread.
 */
@NullMarked
package io.filejob.plan;

import org.jspecify.annotations.NullMarked;
