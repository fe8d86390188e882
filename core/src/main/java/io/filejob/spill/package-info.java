/**
 * Sorted runs of groups in files: writing, splitting into key ranges, merging. Classes not documented as safe to share
 * belong to one thread.
 */
@NullMarked
package io.filejob.spill;

import org.jspecify.annotations.NullMarked;
