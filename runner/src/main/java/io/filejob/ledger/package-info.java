/** The grow-only record of finished slices, and the proof that they cover the plan. Immutable records and pure functions. */
@NullMarked
package io.filejob.ledger;

import org.jspecify.annotations.NullMarked;
