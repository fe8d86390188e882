/** A collector of OpenTelemetry for tests. */
@NullMarked
package io.filejob.testing.otlp;

import org.jspecify.annotations.NullMarked;
