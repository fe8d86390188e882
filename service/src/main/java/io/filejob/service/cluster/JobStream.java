package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.filejob.api.FileJob;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes the states of a FileJob to a listener, on a virtual thread of its own. A slow listener gets the newest state
 * only. A watch that the API server ends is resumed; if it refuses the caller, the stream stays open without changes
 * until it is closed.
 */
final class JobStream implements Jobs.Watch {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Set<Integer> REFUSED =
            Set.of(HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN);

    private final CallerClient.Lease lease;
    private final Resource<GenericKubernetesResource> resource;
    private final Consumer<@Nullable FileJob> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private @Nullable GenericKubernetesResource newest;
    private boolean isDeleted;
    private boolean isInterrupted;
    private boolean isClosed;

    private JobStream(CallerClient.Lease lease, JobName name, Consumer<@Nullable FileJob> listener) {
        this.lease = lease;
        this.resource = FileJobObjects.named(lease.client(), name);
        this.listener = listener;
    }

    /** Starts a stream, which ends the lease; throws {@link KubernetesClientException} if the job cannot be read now. */
    static JobStream start(CallerClient.Lease lease, JobName name, Consumer<@Nullable FileJob> listener) {
        JobStream stream = new JobStream(lease, name, listener);
        GenericKubernetesResource first = FileJobObjects.require(stream.resource);
        Thread.ofVirtual().name("watch " + name.name()).start(() -> stream.run(first));
        return stream;
    }

    private void run(GenericKubernetesResource first) {
        try (lease) {
            @Nullable GenericKubernetesResource current = first;
            listener.accept(FileJobObjects.read(first));
            while (current != null && !isClosed()) {
                current = follow(current);
            }
        }
    }

    /** Passes changes after {@code current} until the watch ends; returns the last state, or null at the end. */
    private @Nullable GenericKubernetesResource follow(GenericKubernetesResource current) {
        GenericKubernetesResource last = current;
        try (Watch _ = resource.watch(
                new ListOptionsBuilder()
                        .withResourceVersion(current.getMetadata().getResourceVersion())
                        .build(),
                new Events())) {
            GenericKubernetesResource next = await();
            while (next != null) {
                listener.accept(FileJobObjects.read(next));
                last = next;
                next = await();
            }
        } catch (KubernetesClientException e) {
            interrupt();
        }
        return resume(last);
    }

    /** Waits for the next state; returns null if the watch, the job or the stream has ended. */
    private @Nullable GenericKubernetesResource await() {
        lock.lock();
        try {
            while (newest == null && !isDeleted && !isInterrupted && !isClosed) {
                changed.awaitUninterruptibly();
            }
            GenericKubernetesResource next = isClosed ? null : newest;
            newest = null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Reads the job again after its watch has ended; returns null if it no longer exists, or the stream is closed. */
    private @Nullable GenericKubernetesResource resume(GenericKubernetesResource last) {
        while (pause()) {
            try {
                GenericKubernetesResource now = resource.get();
                if (now == null
                        || !now.getMetadata().getUid().equals(last.getMetadata().getUid())) {
                    listener.accept(null);
                    return null;
                }
                if (!now.getMetadata()
                        .getResourceVersion()
                        .equals(last.getMetadata().getResourceVersion())) {
                    listener.accept(FileJobObjects.read(now));
                }
                return now;
            } catch (KubernetesClientException e) {
                if (REFUSED.contains(e.getCode())) {
                    awaitClose();
                }
            }
        }
        return null;
    }

    /** Waits before the next request, unless the job is known to be deleted; returns false if the stream is closed. */
    private boolean pause() {
        lock.lock();
        try {
            long left = isDeleted ? 0 : RETRY.toNanos();
            isDeleted = false;
            while (left > 0 && !isClosed) {
                left = changed.awaitNanos(left);
            }
            isInterrupted = false;
            return !isClosed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void awaitClose() {
        lock.lock();
        try {
            while (!isClosed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    private void interrupt() {
        signal(() -> isInterrupted = true);
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        signal(() -> isClosed = true);
    }

    /** Records the events of a watch, on the threads of the client. */
    private final class Events implements Watcher<GenericKubernetesResource> {
        @Override
        public void eventReceived(Action action, GenericKubernetesResource object) {
            switch (action) {
                case ADDED, MODIFIED -> signal(() -> newest = object);
                case DELETED -> signal(() -> isDeleted = true);
                case ERROR -> interrupt();
                case BOOKMARK -> {
                    // It has no new state.
                }
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            interrupt();
        }
    }
}
