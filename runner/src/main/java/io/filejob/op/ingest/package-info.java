/** Loading of rows into a table. */
@NullMarked
package io.filejob.op.ingest;

import org.jspecify.annotations.NullMarked;
