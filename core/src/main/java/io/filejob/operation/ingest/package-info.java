/** Loading of rows into a table. */
@NullMarked
package io.filejob.operation.ingest;

import org.jspecify.annotations.NullMarked;
