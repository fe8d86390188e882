/** The contract of stores that hold the ledgers of a job. */
@NullMarked
package io.filejob.storage.state;

import org.jspecify.annotations.NullMarked;
