package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.service.job.Jobs;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A watch of a job. Its listener has a thread of its own while it is called, so that a slow one delays no other; states
 * that are superseded meanwhile are skipped. Thread-safe.
 */
final class JobSubscription implements Jobs.Watch {
    private final Consumer<@Nullable FileJob> listener;
    private final Consumer<JobSubscription> onClose;
    private @Nullable NextState next;
    private boolean calling;
    private boolean closed;

    /** A state to be passed on; its job is null if it has been deleted. */
    private record NextState(@Nullable FileJob job) {}

    /** Creates a watch that calls {@code onClose} when it is closed. */
    JobSubscription(Consumer<@Nullable FileJob> listener, Consumer<JobSubscription> onClose) {
        this.listener = listener;
        this.onClose = onClose;
    }

    /** Passes a state to the listener, soon; empty if the job has been deleted. */
    synchronized void offer(Optional<FileJob> state) {
        next = new NextState(state.orElse(null));
        if (!calling && !closed) {
            calling = true;
            Thread.startVirtualThread(this::call);
        }
    }

    private void call() {
        try {
            for (NextState state = take(); state != null; state = take()) {
                listener.accept(state.job());
            }
        } catch (RuntimeException e) {
            // A listener that fails is not called again.
            close();
            throw e;
        }
    }

    private synchronized @Nullable NextState take() {
        NextState state = closed ? null : next;
        next = null;
        calling = state != null;
        return state;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        onClose.accept(this);
    }
}
