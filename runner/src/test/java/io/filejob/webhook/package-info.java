/** Tests of calls of receivers. */
@NullMarked
package io.filejob.webhook;

import org.jspecify.annotations.NullMarked;
