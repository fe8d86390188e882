/** Tests of messages to receivers. */
@NullMarked
package io.filejob.callback;

import org.jspecify.annotations.NullMarked;
