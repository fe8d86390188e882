/** Runs W workers on this machine as threads or processes. */
@NullMarked
package io.filejob.local;

import org.jspecify.annotations.NullMarked;
