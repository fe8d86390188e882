/** Checks with random input. */
@NullMarked
package io.filejob.testing.fuzz;

import org.jspecify.annotations.NullMarked;
