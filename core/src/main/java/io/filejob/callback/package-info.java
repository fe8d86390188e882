/** Messages to the receiver of {@code spec.callback}, as Standard Webhooks 1.0.0 defines them: no input or output. */
@NullMarked
package io.filejob.callback;

import org.jspecify.annotations.NullMarked;
