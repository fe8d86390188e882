/** An operation that only tests have. */
@NullMarked
package io.filejob.operation.linecount;

import org.jspecify.annotations.NullMarked;
