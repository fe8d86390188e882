/** Parses the bytes of an input into records: the hot path. An instance serves one thread. */
@NullMarked
package io.filejob.read;

import org.jspecify.annotations.NullMarked;
