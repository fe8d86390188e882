/** From ledgers to the status: the union, one result a slice, with its proof of coverage. */
@NullMarked
package io.filejob.merge;

import org.jspecify.annotations.NullMarked;
