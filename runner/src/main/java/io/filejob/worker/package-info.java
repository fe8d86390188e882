/** One worker: its own stripe, then the slices that others have left, until the whole job is committed. */
@NullMarked
package io.filejob.worker;

import org.jspecify.annotations.NullMarked;
