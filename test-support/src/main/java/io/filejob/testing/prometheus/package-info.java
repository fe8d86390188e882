/** A real Prometheus and Alertmanager. */
@NullMarked
package io.filejob.testing.prometheus;

import org.jspecify.annotations.NullMarked;
