package io.filejob.storage.remote;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.metrics.WorkCounters;
import io.filejob.plan.InputFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A remote input that is fetched range by range; while one range is read, the next two of the expected part are
 * fetched. It holds at most three ranges. A read outside the expected part is fetched on demand, with little more than
 * the requested bytes.
 */
public final class ReadAheadSource implements ByteSource {
    private static final int AHEAD = 2;
    private static final int MIN_RANGE = 256 << 10;
    private static final int MAX_RANGE = 8 << 20;
    /** Minimum size of a fetch outside the expected part, below which a request is not worth its cost. */
    private static final int MIN_FETCH = 64 << 10;

    private final InputFile pinned;
    private final RangedGet remote;
    private final int rangeBytes;
    private final Deque<RequestedRange> ahead = new ArrayDeque<>();
    private @Nullable RequestedRange current;
    private byte @Nullable [] spare;
    private long expectedFrom;
    private long expectedTo;

    /** The bytes {@code [from, from + length)} of the input; they are complete when the task is done. */
    private static final class RequestedRange {
        final long from;
        final int length;
        final byte[] bytes;
        final FutureTask<@Nullable Void> task;

        RequestedRange(long from, int length, byte[] bytes, RangedGet remote) {
            this.from = from;
            this.length = length;
            this.bytes = bytes;
            this.task = new FutureTask<>(
                    () -> {
                        WorkCounters.ofProcess().fetching(length);
                        try {
                            remote.get(from, bytes, length);
                        } finally {
                            WorkCounters.ofProcess().fetching(-length);
                        }
                    },
                    null);
        }

        boolean holds(long position) {
            return position >= from && position < from + length;
        }
    }

    /** Creates a source with a range size at which the heap holds the ranges of some dozen workers. */
    public ReadAheadSource(InputFile pinned, RangedGet remote) {
        this(pinned, remote, Math.clamp(Runtime.getRuntime().maxMemory() / 128, MIN_RANGE, MAX_RANGE));
    }

    /** Creates a source that requests {@code rangeBytes} at a time, up to {@value #AHEAD} times in advance. */
    public ReadAheadSource(InputFile pinned, RangedGet remote, int rangeBytes) {
        this.pinned = pinned;
        this.remote = remote;
        this.rangeBytes = rangeBytes;
    }

    @Override
    public String name() {
        return pinned.name();
    }

    @Override
    public long size() {
        return pinned.size();
    }

    @Override
    public void expect(long from, long to) {
        expectedFrom = from;
        expectedTo = Math.min(to, size());
    }

    @Override
    public int read(long position, byte[] bytes, int offset, int length) {
        if (position >= size()) {
            return -1;
        }
        RequestedRange range = rangeAt(position, length);
        int at = (int) (position - range.from);
        int count = Math.min(length, range.length - at);
        System.arraycopy(range.bytes, at, bytes, offset, count);
        return count;
    }

    private RequestedRange rangeAt(long position, int length) {
        RequestedRange range = current;
        if (range != null && range.holds(position)) {
            return range;
        }
        recycle();
        if (position >= expectedFrom && position < expectedTo) {
            range = expected(position);
        } else {
            int wanted = (int) Math.min(Math.max(length, MIN_FETCH), size() - position);
            range = begin(position, wanted, new byte[wanted]);
        }
        await(range);
        current = range;
        return range;
    }

    /** Returns the range that begins at {@code position}; during a sequential read it is already being fetched. */
    private RequestedRange expected(long position) {
        while (!ahead.isEmpty() && !ahead.getFirst().holds(position)) {
            ahead.removeFirst().task.cancel(true);
        }
        RequestedRange range = ahead.pollFirst();
        if (range == null) {
            range = beginExpected(position);
        }
        while (ahead.size() < AHEAD) {
            RequestedRange last = ahead.isEmpty() ? range : ahead.getLast();
            long next = last.from + last.length;
            if (next >= expectedTo) {
                break;
            }
            ahead.addLast(beginExpected(next));
        }
        return range;
    }

    private RequestedRange beginExpected(long from) {
        int length = (int) Math.min(rangeBytes, expectedTo - from);
        byte[] bytes = spare != null && spare.length >= length ? spare : new byte[length];
        spare = null;
        return begin(from, length, bytes);
    }

    private RequestedRange begin(long from, int length, byte[] bytes) {
        RequestedRange range = new RequestedRange(from, length, bytes, remote);
        Thread.ofVirtual().name("read-ahead").start(range.task);
        return range;
    }

    private void recycle() {
        if (current != null && current.length == rangeBytes) {
            spare = current.bytes;
        }
        current = null;
    }

    private void await(RequestedRange range) {
        try {
            range.task.get();
        } catch (InterruptedException e) {
            range.task.cancel(true);
            Thread.currentThread().interrupt();
            throw new JobFailedException(ExitCode.INTERRUPTED, "interrupted while reading " + name(), e);
        } catch (CancellationException e) {
            throw new IllegalStateException("a range of " + name() + " was given up and is read", e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private static RuntimeException rethrown(ExecutionException e) {
        return switch (e.getCause()) {
            case JobFailedException failure -> failure;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(e);
        };
    }

    /** Cancels all fetches. */
    @Override
    public void close() {
        ahead.forEach(range -> range.task.cancel(true));
        ahead.clear();
        current = null;
        spare = null;
    }
}
