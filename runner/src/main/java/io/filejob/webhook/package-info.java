/** Calls of the receiver of {@code spec.callback}. */
@NullMarked
package io.filejob.webhook;

import org.jspecify.annotations.NullMarked;
