/** Accumulators of the measures of groups. An instance serves one thread. */
@NullMarked
package io.filejob.measure;

import org.jspecify.annotations.NullMarked;
