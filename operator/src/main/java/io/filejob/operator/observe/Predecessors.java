package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.filejob.operator.api.RedriveRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The replaced Jobs of a FileJob, as recorded in its ConfigMap.
 *
 * @param current UID of the Job that was observed last
 * @param last UID of the Job that was replaced last
 * @param count number of replaced Jobs
 * @param because why the last one was replaced, for people
 * @param redrive the {@link RedriveRequest} that was begun last, null if there was none
 * @param version resource version of the ConfigMap, null without one
 */
public record Predecessors(
        @Nullable String current,
        @Nullable String last,
        int count,
        String because,
        @Nullable String redrive,
        @Nullable String version) {
    /** The reason for replacing a Job that another party than the operator has deleted. */
    public static final String DELETED = "it was deleted";

    /** The record of a job without a ConfigMap. */
    public static final Predecessors NONE = new Predecessors(null, null, 0, "", null, null);

    private static final String CURRENT = "filejob.io/child-job";
    private static final String LAST = "filejob.io/replaced-job";
    private static final String COUNT = "filejob.io/replaced-jobs";
    private static final String BECAUSE = "filejob.io/replaced-because";

    /** Reads the annotations of a job's ConfigMap. */
    public static Predecessors of(@Nullable ConfigMap map) {
        if (map == null) {
            return NONE;
        }
        Map<String, String> annotations =
                Objects.requireNonNullElse(map.getMetadata().getAnnotations(), Map.of());
        String count = annotations.getOrDefault(COUNT, "0");
        return new Predecessors(
                annotations.get(CURRENT),
                annotations.get(LAST),
                count.matches("[0-9]{1,4}") ? Integer.parseInt(count) : 0,
                annotations.getOrDefault(BECAUSE, ""),
                annotations.get(RedriveRequest.ANNOTATION),
                map.getMetadata().getResourceVersion());
    }

    /**
     * Returns a copy with {@code child} as the current Job. The previous one counts as replaced even if no observation
     * was made between its deletion and the creation of this one.
     */
    public Predecessors seeing(String child) {
        Predecessors counted = current != null && hasLostOne() ? replacing(current, DELETED) : this;
        return new Predecessors(child, counted.last, counted.count, counted.because, redrive, version);
    }

    /** Returns a copy that counts {@code child} as replaced. */
    public Predecessors replacing(String child, String reason) {
        return new Predecessors(child, child, count + 1, reason, redrive, version);
    }

    /** Returns the record with which a redrive begins: nothing is replaced yet, and {@code child}, if any, is over. */
    public Predecessors redriving(String request, @Nullable String child) {
        return new Predecessors(child, child, 0, "", request, version);
    }

    /** Returns whether the last observed Job was deleted by another party than the operator. */
    public boolean hasLostOne() {
        return current != null && !Objects.equals(current, last);
    }

    /** Returns the annotations of the ConfigMap. */
    public Map<String, String> annotations() {
        Map<String, String> annotations = new HashMap<>();
        annotations.put(COUNT, Integer.toString(count));
        annotations.put(BECAUSE, because);
        if (current != null) {
            annotations.put(CURRENT, current);
        }
        if (last != null) {
            annotations.put(LAST, last);
        }
        if (redrive != null) {
            annotations.put(RedriveRequest.ANNOTATION, redrive);
        }
        return annotations;
    }
}
