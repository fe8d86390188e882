/**
 * The results of slices, and the ledgers that hold them. Immutable records and pure functions, safe to use from any
 * thread.
 */
@NullMarked
package io.filejob.ledger;

import org.jspecify.annotations.NullMarked;
