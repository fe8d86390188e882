package io.filejob.service.rest;

import io.filejob.service.job.JobQuery;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import io.filejob.value.EnumNames;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads queries for pages of jobs from the parameters of a URL. */
final class JobQueries {
    private static final Pattern AGE = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final int MAX_TEXT = 253;
    private static final int MAX_CURSOR = 4096;
    private static final List<String> OPERATIONS = List.of("average", "aggregate", "ingest", "compressImages");

    private JobQueries() {}

    static JobQuery of(@Nullable String namespace, MultivaluedMap<String, String> parameters, Clock clock) {
        return new JobQuery(
                namespace,
                phases(parameters.getOrDefault("phase", List.of())),
                operation(parameters.getFirst("operation")),
                bounded("text", parameters.getFirst("text"), MAX_TEXT),
                since(parameters.getFirst("since"), parameters.getFirst("age"), clock),
                limit(parameters.getFirst("limit")),
                bounded("after", parameters.getFirst("after"), MAX_CURSOR));
    }

    private static Set<Phase> phases(List<String> values) {
        Set<Phase> phases = new HashSet<>();
        for (String value : values) {
            for (String given : value.split(",", -1)) {
                phases.add(EnumNames.of(Phase.class).stream()
                        .filter(name -> name.equalsIgnoreCase(given))
                        .findFirst()
                        .map(name -> EnumNames.constant(Phase.class, name))
                        .orElseThrow(() -> refused("phase", given, "use " + EnumNames.of(Phase.class))));
            }
        }
        return Set.copyOf(phases);
    }

    private static @Nullable String operation(@Nullable String value) {
        if (value == null || OPERATIONS.contains(value)) {
            return value;
        }
        throw refused("operation", value, "use average, aggregate, ingest or compressImages");
    }

    /** Returns the later one of two times, of which {@code age} gives one; null if there is none. */
    private static @Nullable Instant since(@Nullable String since, @Nullable String age, Clock clock) {
        Instant time = since == null ? null : time(since);
        Instant oldest = age == null ? null : clock.instant().minus(age(age));
        return time == null || (oldest != null && oldest.isAfter(time)) ? oldest : time;
    }

    private static Instant time(String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw refused("since", value, "use a time such as 2027-01-31T12:00:00Z");
        }
    }

    private static Duration age(String value) {
        Matcher parts = AGE.matcher(value);
        if (!parts.matches()) {
            throw refused("age", value, "use a duration such as 90s, 15m, 24h or 7d");
        }
        return duration(Long.parseLong(parts.group(1)), parts.group(2));
    }

    private static Duration duration(long number, String unit) {
        return Duration.of(
                number,
                switch (unit) {
                    case "s" -> ChronoUnit.SECONDS;
                    case "m" -> ChronoUnit.MINUTES;
                    case "h" -> ChronoUnit.HOURS;
                    default -> ChronoUnit.DAYS;
                });
    }

    private static int limit(@Nullable String value) {
        return value == null ? JobQuery.DEFAULT_LIMIT : Parameters.number("limit", value, 1, JobQuery.MAX_LIMIT);
    }

    private static @Nullable String bounded(String name, @Nullable String value, int limit) {
        if (value != null && value.length() > limit) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    name + ": too long (" + value.length() + " characters, limit " + limit + "); shorten it");
        }
        return value;
    }

    private static ProblemException refused(String name, String value, String remedy) {
        return new ProblemException(ProblemType.BAD_REQUEST, name + ": not valid (" + value + "); " + remedy);
    }
}
