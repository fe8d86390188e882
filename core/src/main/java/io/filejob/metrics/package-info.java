/** The metrics that operator, workers and service publish, and the counters of this process. */
@NullMarked
package io.filejob.metrics;

import org.jspecify.annotations.NullMarked;
