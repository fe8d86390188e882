/** The metrics of the service, on a port of their own. */
@NullMarked
package io.filejob.service.metrics;

import org.jspecify.annotations.NullMarked;
