/** Tests of short texts of the command line. */
@NullMarked
package io.filejob.oneline;

import org.jspecify.annotations.NullMarked;
