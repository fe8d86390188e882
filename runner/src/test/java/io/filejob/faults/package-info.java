/** Behavior when processes are killed, suspended and interrupted, and when files are damaged. */
@NullMarked
package io.filejob.faults;

import org.jspecify.annotations.NullMarked;
