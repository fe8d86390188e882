/** Clocks and time limits of tests. */
@NullMarked
package io.filejob.testing.time;

import org.jspecify.annotations.NullMarked;
