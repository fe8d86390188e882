/** The spans of whole jobs, for OpenTelemetry. */
@NullMarked
package io.filejob.operator.trace;

import org.jspecify.annotations.NullMarked;
