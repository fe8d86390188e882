/**
 * Groups the rows of a slice in a table, and merges partial results into the rows of the result. Classes not
 * documented as safe to share belong to one thread.
 */
@NullMarked
package io.filejob.aggregate;

import org.jspecify.annotations.NullMarked;
