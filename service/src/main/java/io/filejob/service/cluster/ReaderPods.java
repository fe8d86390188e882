package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.filejob.api.FileJob;
import io.filejob.security.Sha256;
import io.filejob.service.ServiceSettings.ReaderSettings;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.VolumeSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The pods that read claims, one for each caller, job and claim. A pod is used again by requests that follow soon, such as
 * those for further ranges of a file, and deleted when it has not been used for some time. Thread-safe.
 */
final class ReaderPods implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);
    /** Each read is a JVM in the pod. */
    private static final int MAX_READS = 4;
    /** The time for which further reads wait by default; a page shows more images than that at once. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String RETRY_SECONDS = "30";

    private final CallerClients clients;
    private final ReaderSettings settings;
    private final String image;
    private final ReaderProcess.Starter starter;
    private final Clock clock;
    private final Duration patience;
    private final Map<String, KnownPod> entries = new HashMap<>();
    private boolean isClosed;

    /** Creates no pods yet; reads of a volume that has many wait for {@code patience}. */
    ReaderPods(
            CallerClients clients,
            ReaderSettings settings,
            String image,
            ReaderProcess.Starter starter,
            Clock clock,
            Duration patience) {
        this.clients = clients;
        this.settings = settings;
        this.image = image;
        this.starter = starter;
        this.clock = clock;
        this.patience = patience;
    }

    private static final class KnownPod {
        private final ReaderPod pod;
        private final Instant created;
        private Instant lastUse;
        private int reads;
        private boolean isReplaced;

        KnownPod(ReaderPod pod, Instant now) {
            this.pod = pod;
            this.created = now;
            this.lastUse = now;
        }

        boolean isIdle(Instant time) {
            return reads == 0 && !lastUse.isAfter(time);
        }
    }

    /** The use of a pod by one request, until it is closed. */
    final class PodRead implements AutoCloseable {
        private final KnownPod entry;
        private final AtomicBoolean isClosed = new AtomicBoolean();

        private PodRead(KnownPod entry) {
            this.entry = entry;
        }

        /** Starts a command in the pod, which is created before if it does not exist. */
        ReaderProcess start(List<String> command) {
            return entry.pod.start(command);
        }

        @Override
        public void close() {
            if (isClosed.compareAndSet(false, true)) {
                end(entry);
            }
        }
    }

    /**
     * Begins a read of {@code volume} by the caller with {@code token}. Fails (429) if there are too many, of this volume after
     * it has waited.
     */
    PodRead begin(String token, FileJob job, VolumeSpec volume) {
        String key = Sha256.of(token) + " " + job.metadata().path("uid").asText() + " " + volume.name();
        Pod object = ReaderPodObject.of(job, volume, image, settings);
        List<KnownPod> unused = new ArrayList<>();
        long start = System.nanoTime();
        try {
            synchronized (entries) {
                while (!isClosed) {
                    KnownPod entry = usable(key, unused);
                    if (entry == null) {
                        makeRoom(unused);
                        entry = new KnownPod(
                                new ReaderPod(clients.lease(token), object, settings.startTimeout(), starter),
                                clock.instant());
                        entries.put(key, entry);
                    }
                    if (entry.reads < MAX_READS) {
                        entry.reads++;
                        return new PodRead(entry);
                    }
                    awaitEnd(start);
                }
                throw stopping();
            }
        } finally {
            unused.forEach(entry -> entry.pod.delete());
        }
    }

    /** Waits for the end of a read; fails (429) if it has been waited since {@code start} for too long. */
    private void awaitEnd(long start) {
        long left = patience.minusNanos(System.nanoTime() - start).toMillis();
        if (left <= 0) {
            throw tooMany("you read " + MAX_READS + " files of this job's volume at once, the maximum");
        }
        try {
            entries.wait(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping();
        }
    }

    private static ProblemException stopping() {
        return new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping; try again");
    }

    /** Returns the pod for {@code key}; null if there is none, or one that has failed or is so old that it may end soon. */
    private @Nullable KnownPod usable(String key, List<KnownPod> unused) {
        KnownPod entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        Instant newest = entry.created.plus(ReaderPodObject.LIFE.dividedBy(2));
        if (!entry.pod.hasFailed() && clock.instant().isBefore(newest)) {
            return entry;
        }
        entries.remove(key);
        entry.isReplaced = true;
        if (entry.reads == 0) {
            unused.add(entry);
        }
        return null;
    }

    private void makeRoom(List<KnownPod> unused) {
        if (entries.size() >= settings.max()) {
            removeIdle(clock.instant(), unused);
        }
        if (entries.size() >= settings.max()) {
            throw tooMany("the service reads " + settings.max() + " volumes at once, the maximum (api.readers.max)");
        }
    }

    private static ProblemException tooMany(String reason) {
        return new ProblemException(ProblemType.TOO_MANY, reason + "; try again later")
                .withHeader("Retry-After", RETRY_SECONDS);
    }

    private void end(KnownPod entry) {
        boolean isUnused;
        synchronized (entries) {
            entry.reads--;
            entry.lastUse = clock.instant();
            isUnused = entry.reads == 0 && entry.isReplaced;
            entries.notifyAll();
        }
        if (isUnused) {
            entry.pod.delete();
        }
    }

    /** Deletes the pods that have not been used for a while. */
    void deleteIdle() {
        delete(clock.instant().minus(IDLE));
    }

    private void delete(Instant time) {
        List<KnownPod> unused = new ArrayList<>();
        synchronized (entries) {
            removeIdle(time, unused);
        }
        unused.forEach(entry -> entry.pod.delete());
    }

    private void removeIdle(Instant time, List<KnownPod> unused) {
        Iterator<KnownPod> all = entries.values().iterator();
        while (all.hasNext()) {
            KnownPod entry = all.next();
            if (entry.isIdle(time)) {
                all.remove();
                unused.add(entry);
            }
        }
    }

    /** Deletes all pods; reads in progress end. */
    @Override
    public void close() {
        List<KnownPod> all;
        synchronized (entries) {
            isClosed = true;
            all = List.copyOf(entries.values());
            entries.clear();
            entries.notifyAll();
        }
        all.forEach(entry -> entry.pod.delete());
    }
}
