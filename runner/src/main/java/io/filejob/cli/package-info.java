/** The command line. */
@NullMarked
package io.filejob.cli;

import org.jspecify.annotations.NullMarked;
