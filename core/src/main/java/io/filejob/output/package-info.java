/** Rows of a result: ranking, first rows, CSV text. Classes not documented as safe to share belong to one thread. */
@NullMarked
package io.filejob.output;

import org.jspecify.annotations.NullMarked;
