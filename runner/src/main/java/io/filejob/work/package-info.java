/** One worker: its own stripe, then the slices that others have left, until the whole job is committed. */
@NullMarked
package io.filejob.work;

import org.jspecify.annotations.NullMarked;
