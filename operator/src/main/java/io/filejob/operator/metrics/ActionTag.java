package io.filejob.operator.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Gives all meters of one name the same tags. Java Operator SDK counts received events with and without the tag {@code
 * action}, which the Prometheus registry rejects with an exception. Thrown in the retry timer, it would stop all
 * retries permanently.
 */
@ApplicationScoped
public class ActionTag implements MeterFilter {
    private static final String TAG = "action";
    private static final String NONE = "none";

    @Override
    public Meter.Id map(Meter.Id id) {
        boolean countsEvents = id.getName().startsWith("events.received");
        return countsEvents && id.getTag(TAG) == null ? id.withTags(List.of(Tag.of(TAG, NONE))) : id;
    }
}
