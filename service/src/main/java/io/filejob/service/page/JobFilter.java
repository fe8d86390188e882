package io.filejob.service.page;

import io.filejob.service.job.JobQuery;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import io.filejob.value.EnumNames;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filters of the list of jobs, as they are in its URL; an empty text does not filter.
 *
 * @param namespace the namespace
 * @param phase the name of a phase
 * @param operation the name of the operation's field in the spec
 * @param text a text in the name
 * @param age the maximum age in hours
 * @param after the cursor of the previous page
 */
record JobFilter(String namespace, String phase, String operation, String text, String age, String after) {
    private static final int LIMIT = 50;

    /** Returns the filters in the query of a URL; {@code namespace} is the one that was chosen, or empty. */
    static JobFilter of(String namespace, MultivaluedMap<String, String> query) {
        return new JobFilter(
                namespace,
                value(query, "phase"),
                value(query, "operation"),
                value(query, "text"),
                value(query, "age"),
                value(query, "after"));
    }

    private static String value(MultivaluedMap<String, String> query, String name) {
        return Objects.requireNonNullElse(query.getFirst(name), "").strip();
    }

    /** Returns the query for the page that the filters describe. */
    JobQuery query(Instant now) {
        return new JobQuery(
                orNull(namespace),
                phase.isEmpty() ? Set.of() : Set.of(phaseConstant()),
                orNull(operation),
                orNull(text),
                age.isEmpty() ? null : now.minus(Duration.ofHours(hours())),
                LIMIT,
                orNull(after));
    }

    private Phase phaseConstant() {
        if (!EnumNames.of(Phase.class).contains(phase)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "phase: there is no such phase (" + phase + "); choose one of the list");
        }
        return EnumNames.constant(Phase.class, phase);
    }

    private long hours() {
        if (!age.matches("[0-9]{1,5}")) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "age: not a number of hours (" + age + "); use digits only");
        }
        return Long.parseLong(age);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Returns whether anything but the namespace is filtered. */
    public boolean isActive() {
        return !(phase + operation + text + age).isEmpty();
    }

    /** Returns the URL of this page of the list. */
    public String url() {
        return url(after);
    }

    /** Returns the URL of the first page of the list. */
    public String firstUrl() {
        return url("");
    }

    /** Returns the URL of the page after {@code cursor}. */
    public String url(String cursor) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(PageNamespaces.PARAMETER, namespace);
        parameters.put("phase", phase);
        parameters.put("operation", operation);
        parameters.put("text", text);
        parameters.put("age", age);
        parameters.put("after", cursor);
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "/jobs" : "/jobs?" + query;
    }
}
