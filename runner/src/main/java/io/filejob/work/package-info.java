/** One worker: its stripe, then what others have left, until all of the job is committed. */
@NullMarked
package io.filejob.work;

import org.jspecify.annotations.NullMarked;
