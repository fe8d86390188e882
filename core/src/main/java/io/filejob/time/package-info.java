/** A clock that cannot jump, and descriptions of waits. */
@NullMarked
package io.filejob.time;

import org.jspecify.annotations.NullMarked;
