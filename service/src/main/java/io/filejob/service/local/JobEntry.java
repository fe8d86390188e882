package io.filejob.service.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.operation.JobOperation;
import io.filejob.security.Sha256;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.value.Json;
import io.filejob.webhook.LocalDelivery;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a job that are kept in memory: few if it has ended, since there may be many; all else is in its folder.
 * Thread-safe; several calls belong together if they are made with the entry's monitor, which is held for short times only.
 */
final class JobEntry {
    /** The order of creation. */
    static final Comparator<JobEntry> ORDER =
            Comparator.comparing(JobEntry::created).thenComparing(JobEntry::name);

    /** The place of a job between its creation and its end. */
    enum QueueState {
        /** It waits for its turn. */
        QUEUED,
        /** It has a process. */
        RUNNING,
        /** It waits until it is resumed. */
        SUSPENDED,
        /** It has ended, and waits for its turn or has a process, which calls the receiver of its callback. */
        CALLING,
        /** It has ended. */
        ENDED,
        /** It no longer exists. */
        DELETED
    }

    private static final int PREFIX = "sha256:".length();
    private static final int VERSION_LENGTH = 16;

    private final JobFolder folder;
    private final Instant created;
    private final String operation;
    private final JobQueue queue;
    private final Set<JobSubscription> watches = ConcurrentHashMap.newKeySet();
    /** Held by requests that change the job, which may wait for the end of its process. */
    private final ReentrantLock changes = new ReentrantLock();

    private QueueState state;
    private volatile Phase phase;
    private Instant ended = Instant.MAX;
    private @Nullable Integer ttlSeconds;
    private @Nullable FileJobStatus live;
    private @Nullable FileTime seen;
    private @Nullable JobProcess process;
    private boolean isDeleting;

    private JobEntry(
            JobFolder folder, Instant created, String operation, JobQueue queue, QueueState state, Phase phase) {
        this.folder = folder;
        this.created = created;
        this.operation = operation;
        this.queue = queue;
        this.state = state;
        this.phase = phase;
    }

    /** Creates the entry of a job that has just been created. */
    static JobEntry ofNew(JobFolder folder, FileJob job, JobQueue queue) {
        boolean suspended = job.spec().suspend();
        return new JobEntry(
                folder,
                EndedSummary.time(job.metadata().path("creationTimestamp").textValue(), Instant.EPOCH),
                JobOperation.of(job.spec()).type().name(),
                queue,
                suspended ? QueueState.SUSPENDED : QueueState.QUEUED,
                suspended ? Phase.SUSPENDED : Phase.PENDING);
    }

    /** Creates the entry of a job of an earlier process of the service. */
    static JobEntry ofExisting(JobFolder folder, JobQueue queue, Instant now) throws IOException {
        Optional<EndedSummary> summary = folder.readSummary();
        if (summary.isPresent()) {
            EndedSummary known = summary.get();
            JobEntry entry = new JobEntry(
                    folder,
                    EndedSummary.time(known.created(), Instant.EPOCH),
                    known.operation(),
                    queue,
                    QueueState.ENDED,
                    known.phase());
            entry.ended = EndedSummary.time(known.ended(), now);
            entry.ttlSeconds = known.ttlSeconds();
            return entry;
        }
        FileJob job = folder.readManifest();
        JobEntry entry = ofNew(folder, job, queue);
        FileJobStatus last = folder.readStatus();
        if (last != null && JobFolder.isEnd(last)) {
            entry.end(job, last, now);
        } else if (folder.isCancelled()) {
            entry.end(job, JobStatuses.cancelled(last, now), now);
        }
        return entry;
    }

    JobFolder folder() {
        return folder;
    }

    String name() {
        return folder.name();
    }

    Instant created() {
        return created;
    }

    String operation() {
        return operation;
    }

    ReentrantLock changes() {
        return changes;
    }

    /** Returns the phase of the job's status. */
    Phase phase() {
        return phase;
    }

    synchronized QueueState state() {
        return state;
    }

    /** Returns whether the status of the job is final; its process may still call the receiver of a callback. */
    boolean isOver() {
        return JobFolder.isEnd(phase);
    }

    /** Returns the time at which the job is deleted; {@code seconds} is the default after its end. */
    synchronized Instant deletionTime(long seconds) {
        return state != QueueState.ENDED
                ? Instant.MAX
                : ended.plusSeconds(ttlSeconds == null ? seconds : ttlSeconds.longValue());
    }

    /** Returns the process; null unless the job is running. */
    synchronized @Nullable JobProcess process() {
        return process;
    }

    /** Returns the job with its current status. Its resource version is a digest of both. */
    synchronized FileJob job() throws IOException {
        FileJobStatus last = live == null ? folder.readStatus() : live;
        FileJobStatus status =
                switch (state) {
                    case QUEUED -> {
                        int ahead = queue.ahead(this);
                        yield ahead < 0 ? JobStatuses.starting(last) : JobStatuses.queued(last, ahead);
                    }
                    case RUNNING -> live == null ? JobStatuses.starting(last) : live;
                    case SUSPENDED -> JobStatuses.suspended(last);
                    case CALLING, ENDED, DELETED -> Objects.requireNonNull(last, "an ended job has a status");
                };
        FileJob job = folder.readManifest().withStatus(status);
        ObjectNode metadata = job.metadata().deepCopy();
        metadata.put("resourceVersion", version(job));
        return new FileJob(job.apiVersion(), job.kind(), metadata, job.spec(), status);
    }

    private static String version(FileJob job) {
        return Sha256.of(Json.bytes(job)).substring(PREFIX, PREFIX + VERSION_LENGTH);
    }

    /** Changes the state of a job that has not ended and has no process. */
    synchronized void become(QueueState next) {
        state = next;
        live = null;
        process = null;
        seen = null;
        if (next != QueueState.CALLING) {
            phase = next == QueueState.SUSPENDED ? Phase.SUSPENDED : Phase.PENDING;
        }
    }

    /** Records that the job has a process. */
    synchronized void run(JobProcess started) {
        become(state == QueueState.CALLING ? QueueState.CALLING : QueueState.RUNNING);
        process = started;
    }

    /** Returns whether the job waits for its turn. */
    synchronized boolean isWaiting() {
        return !isDeleting && (state == QueueState.QUEUED || (state == QueueState.CALLING && process == null));
    }

    /** Records that the job is to be deleted, so that it gets no further process. */
    synchronized void beginDeletion() {
        isDeleting = true;
    }

    /** Reads the status that the process writes, if it has changed since {@code modified}, and tells it to the watches. */
    synchronized void refresh(FileTime modified) throws IOException {
        if ((state != QueueState.RUNNING && state != QueueState.CALLING) || modified.equals(seen)) {
            return;
        }
        seen = modified;
        FileJobStatus status = folder.readStatus();
        if (status != null) {
            live = status;
            phase = status.phase();
            publish();
        }
    }

    /**
     * Writes the final status, and records the end of the job, or that the receiver of its callback is to be called; an
     * earlier process may have done that in part.
     */
    synchronized void end(FileJob job, FileJobStatus status, Instant now) throws IOException {
        boolean isCalled = !isDeleting && Deliveries.isDue(job, status);
        folder.writeStatus(job.withStatus(isCalled ? LocalDelivery.begun(status, Clock.systemUTC()) : status));
        folder.clearRequests();
        if (isCalled) {
            become(QueueState.CALLING);
            phase = status.phase();
            return;
        }
        String time = status.completionTime() == null ? now.toString() : status.completionTime();
        folder.end(new EndedSummary(
                created.toString(), operation, status.phase(), time, job.spec().ttlSecondsAfterFinished()));
        become(QueueState.ENDED);
        phase = status.phase();
        ended = EndedSummary.time(time, now);
        ttlSeconds = job.spec().ttlSecondsAfterFinished();
    }

    /** Deletes the job, which must have no process. */
    synchronized void delete() throws IOException {
        state = QueueState.DELETED;
        watches.forEach(watch -> watch.offer(Optional.empty()));
        folder.delete();
    }

    /** Tells the current state of the job to all watches. */
    synchronized void publish() throws IOException {
        if (!watches.isEmpty()) {
            Optional<FileJob> current = Optional.of(job());
            watches.forEach(watch -> watch.offer(current));
        }
    }

    /** Returns whether the job is watched. */
    boolean isWatched() {
        return !watches.isEmpty();
    }

    /** Calls {@code listener} with the job now and after each change. */
    synchronized JobSubscription watch(Consumer<@Nullable FileJob> listener) throws IOException {
        JobSubscription watch = new JobSubscription(listener, watches::remove);
        if (state == QueueState.DELETED) {
            watch.offer(Optional.empty());
        } else {
            watch.offer(Optional.of(job()));
            watches.add(watch);
        }
        return watch;
    }
}
