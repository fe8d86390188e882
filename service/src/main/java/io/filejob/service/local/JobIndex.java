package io.filejob.service.local;

import io.filejob.service.job.JobQuery;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All jobs by name, and in the order of lists: the newest first. Thread-safe. */
final class JobIndex {
    private final Map<String, JobEntry> byName = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Position, JobEntry> byTime =
            new ConcurrentSkipListMap<>(Comparator.comparing(Position::created)
                    .thenComparing(Position::name)
                    .reversed());

    /** The position of a job in lists, which never changes. */
    private record Position(Instant created, String name) {
        static Position of(JobEntry job) {
            return new Position(job.created(), job.name());
        }

        static Position parse(String cursor) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                int space = text.indexOf(' ');
                return new Position(Instant.parse(text.substring(0, Math.max(space, 0))), text.substring(space + 1));
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new ProblemException(
                        ProblemType.BAD_REQUEST, "the cursor is not one that a list has returned; begin a new list");
            }
        }

        String cursor() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((created + " " + name).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Adds a job. */
    void add(JobEntry job) {
        byName.put(job.name(), job);
        byTime.put(Position.of(job), job);
    }

    /** Removes a job. */
    void remove(JobEntry job) {
        byTime.remove(Position.of(job));
        byName.remove(job.name());
    }

    /** Returns the job with this name; null if it does not exist. */
    @Nullable
    JobEntry find(String name) {
        return byName.get(name);
    }

    /** Returns all jobs. */
    Collection<JobEntry> all() {
        return byTime.values();
    }

    /** Jobs that fulfil a query, and the cursor of the next ones; null if there are no others. */
    record EntryPage(List<JobEntry> items, @Nullable String next) {}

    /** Returns a page of jobs. */
    EntryPage find(JobQuery query) {
        Map<Position, JobEntry> rest =
                query.after() == null ? byTime : byTime.tailMap(Position.parse(query.after()), false);
        String text = query.text() == null ? "" : query.text().toLowerCase(Locale.ROOT);
        int limit = Math.clamp(query.limit(), 1, JobQuery.MAX_LIMIT);
        List<JobEntry> items = new ArrayList<>();
        for (JobEntry job : rest.values()) {
            if (query.since() != null && !job.created().isAfter(query.since())) {
                break;
            }
            if ((query.phases().isEmpty() || query.phases().contains(job.phase()))
                    && (query.operation() == null || query.operation().equals(job.operation()))
                    && job.name().contains(text)) {
                if (items.size() == limit) {
                    return new EntryPage(
                            List.copyOf(items), Position.of(items.getLast()).cursor());
                }
                items.add(job);
            }
        }
        return new EntryPage(List.copyOf(items), null);
    }
}
