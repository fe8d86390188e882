/**
 * From rows to groups: a table that is filled, sorted runs of what it held, and the merge of runs. What is not said to be
 * safe to share belongs to one thread.
 */
@NullMarked
package io.filejob.group;

import org.jspecify.annotations.NullMarked;
