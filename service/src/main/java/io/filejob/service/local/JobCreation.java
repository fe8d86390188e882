package io.filejob.service.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.file.IoReason;
import io.filejob.security.Sha256;
import io.filejob.service.job.JobName;
import io.filejob.service.local.RequestKeys.KeyUse;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.value.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates jobs, and loads those of earlier processes. Thread-safe. */
final class JobCreation {
    private static final System.Logger LOG = System.getLogger(JobCreation.class.getName());
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 6;
    /** The maximum length of a DNS label. */
    private static final int MAX_NAME = 63;

    private final Path folder;
    private final RequestKeys keys;
    private final JobIndex index;
    private final JobQueue queue;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private Instant last = Instant.EPOCH;

    /** Creates an instance for the jobs in {@code folder}. */
    JobCreation(Path folder, RequestKeys keys, JobIndex index, JobQueue queue, Clock clock) {
        this.folder = folder;
        this.keys = keys;
        this.index = index;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Loads the jobs that exist; unended ones wait again, and folders that are no jobs are deleted. Files are read by all
     * processors at once, since there may be many thousands.
     */
    synchronized void load() {
        List<JobEntry> jobs;
        try (Stream<Path> folders = Files.list(folder)) {
            jobs = folders.toList().parallelStream()
                    .flatMap(path -> read(new JobFolder(path)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (JobEntry job : jobs) {
            index.add(job);
            last = job.created().isAfter(last) ? job.created() : last;
            if (job.isWaiting()) {
                queue.add(job);
            }
        }
    }

    private Optional<JobEntry> read(JobFolder job) {
        try {
            if (job.name().startsWith(JobFolder.HIDDEN)) {
                job.remove();
                return Optional.empty();
            }
            return Optional.of(JobEntry.ofExisting(job, queue, clock.instant()));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "the folder " + job.path() + " is not a job that can be read; it is ignored", e);
            return Optional.empty();
        }
    }

    /** Creates {@code job}, or returns the one that was created with {@code key} before. */
    JobEntry create(FileJob job, @Nullable String key) {
        try {
            if (key == null) {
                return create(job);
            }
            return createOnce(job, key);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.INTERNAL, "the job cannot be stored: " + IoReason.of(e));
        }
    }

    private synchronized JobEntry createOnce(FileJob job, String key) throws IOException {
        String request = Sha256.of(job.name() + " " + Json.digest(job.spec()));
        Optional<KeyUse> known = keys.find(key);
        if (known.isPresent() && !known.get().request().equals(request)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the idempotency key was used for another job, "
                            + known.get().job() + "; use a new key");
        }
        // The key is stored first, so that a repeated request after a crash creates the same job.
        String name = known.isPresent() ? known.get().job() : name(job.name());
        JobEntry existing = index.find(name);
        if (existing != null) {
            return existing;
        }
        keys.store(key, new KeyUse(name, request));
        return createNamed(job, name);
    }

    private synchronized JobEntry create(FileJob job) throws IOException {
        return createNamed(job, name(job.name()));
    }

    private JobEntry createNamed(FileJob job, String name) throws IOException {
        FileJob named = new FileJob(job.apiVersion(), job.kind(), metadata(job, name), job.spec(), null);
        JobEntry entry = JobEntry.ofNew(JobFolder.create(folder, named), named, queue);
        index.add(entry);
        if (entry.isWaiting()) {
            queue.add(entry);
        }
        return entry;
    }

    private ObjectNode metadata(FileJob job, String name) {
        ObjectNode metadata = Json.object();
        metadata.put("name", name);
        metadata.put("namespace", JobName.LOCAL);
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", next().toString());
        for (String kept : new String[] {"labels", "annotations"}) {
            if (job.metadata().has(kept)) {
                metadata.set(kept, job.metadata().get(kept));
            }
        }
        return metadata;
    }

    /** Returns the time of a creation; no two jobs have the same, and later ones have later times. */
    private Instant next() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        return last;
    }

    /** Returns an unused DNS label that begins with {@code wanted}, as far as its characters and length allow. */
    private String name(String wanted) {
        String label = wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String begin = label.substring(0, Math.min(label.length(), MAX_NAME - SUFFIX - 1))
                .replaceAll("^-|-$", "");
        String name;
        do {
            StringBuilder text = new StringBuilder(begin.isEmpty() ? "job" : begin).append('-');
            for (int i = 0; i < SUFFIX; i++) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            name = text.toString();
        } while (index.find(name) != null);
        return name;
    }
}
