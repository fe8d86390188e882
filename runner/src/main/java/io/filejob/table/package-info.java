/** Rows into tables of a PostgreSQL database: connections, staging, COPY, merging, and the ledger beside the rows. */
@NullMarked
package io.filejob.table;

import org.jspecify.annotations.NullMarked;
