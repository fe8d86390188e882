/** The terminal of the command line. */
@NullMarked
package io.filejob.terminal;

import org.jspecify.annotations.NullMarked;
