/** The stored form of a ledger, the same in every store. */
@NullMarked
package io.filejob.ledger;

import org.jspecify.annotations.NullMarked;
