package io.filejob.metrics;

/** The types of metrics. */
public enum MetricKind {
    /** A number that only grows, from 0 at the start of the process. */
    COUNTER,
    /** A number that rises and falls. */
    GAUGE,
    /** A distribution: {@code _bucket}, {@code _sum} and {@code _count}. */
    HISTOGRAM
}
