/**
 * The format of grouped rows: keys, states, packed rows, and streams of sorted records. Classes not documented as safe
 * to share belong to one thread.
 */
@NullMarked
package io.filejob.group;

import org.jspecify.annotations.NullMarked;
