/** Conversion of ledgers to the status: their union, with one result for each slice and the proof of coverage. */
@NullMarked
package io.filejob.merge;

import org.jspecify.annotations.NullMarked;
