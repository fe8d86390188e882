/** Loading of rows into a table. */
@NullMarked
package io.filejob.engine.ingest;

import org.jspecify.annotations.NullMarked;
