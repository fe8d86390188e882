package io.filejob.service.upload;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * Sends the parts of an upload in order, each while the caller fills the next one, so that two parts are in memory. For one
 * thread.
 */
final class PartSender {
    private final S3Parts parts;
    private final List<Part> sent;
    /** The part that is being sent, or whose request has failed. */
    private @Nullable PartBuffer pending;

    private @Nullable FutureTask<Part> request;
    private PartBuffer free = new PartBuffer(new byte[0]);

    /** Creates a sender of the parts after {@code sent}, a list to which it appends. */
    PartSender(S3Parts parts, List<Part> sent) {
        this.parts = parts;
        this.sent = sent;
    }

    /** Returns the number of parts that are stored or being sent. */
    int count() {
        return sent.size() + (pending == null ? 0 : 1);
    }

    /**
     * Begins to send {@code part}, after the part before it is stored, and returns an empty buffer for the next one. Throws
     * the exception of the client if the part before it could not be sent; {@code part} then stays as it is.
     */
    PartBuffer send(PartBuffer part) {
        await();
        int number = sent.size() + 1;
        FutureTask<Part> task = new FutureTask<>(() -> parts.send(number, part));
        pending = part;
        request = task;
        Thread.ofVirtual().name("upload-part").start(task);
        PartBuffer empty = free;
        free = part;
        empty.clear();
        return empty;
    }

    /** Waits until all parts are stored, and returns them; throws the exception of the client if one could not be sent. */
    List<Part> await() {
        FutureTask<Part> task = request;
        if (task != null) {
            sent.add(result(task));
            request = null;
            pending = null;
        }
        return sent;
    }

    /** Waits for the end of the last request, and returns its part if it has failed; the part then counts no longer. */
    @Nullable
    PartBuffer unsent() {
        try {
            await();
            return null;
        } catch (SdkException e) {
            // The caller has the exception already, or keeps the bytes for a later attempt.
            PartBuffer failed = pending;
            pending = null;
            request = null;
            return failed;
        }
    }

    private static Part result(FutureTask<Part> task) {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // The request has limits of time of its own, and the buffer belongs to it until then.
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
