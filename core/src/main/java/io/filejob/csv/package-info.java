/** Parses the bytes of an input into records: the hot path. An instance serves one thread. */
@NullMarked
package io.filejob.csv;

import org.jspecify.annotations.NullMarked;
