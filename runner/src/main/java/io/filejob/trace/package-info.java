/** Spans of workers, for OpenTelemetry. */
@NullMarked
package io.filejob.trace;

import org.jspecify.annotations.NullMarked;
