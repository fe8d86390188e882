/** Loads rows into tables of a PostgreSQL database: connections, staging, COPY, merging, and the ledger. */
@NullMarked
package io.filejob.postgres;

import org.jspecify.annotations.NullMarked;
