/**
 * Groups rows: a table that is filled, sorted runs of its content, and the merging of runs. Classes not documented as
 * safe to share belong to one thread.
 */
@NullMarked
package io.filejob.group;

import org.jspecify.annotations.NullMarked;
