/** Bytes of an input to records: the hot path. One instance serves one thread. */
@NullMarked
package io.filejob.read;

import org.jspecify.annotations.NullMarked;
