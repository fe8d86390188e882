package io.filejob.engine;

/** Counts the bytes read of the current slice, and passes everything on to another record of the progress. */
public final class CountedWork extends ForwardingWork {
    private final ReadListener listener;
    private int slice;
    private long bytes;

    /** Receives the number of bytes read of a slice so far, in the thread that read them. */
    @FunctionalInterface
    public interface ReadListener {
        /** Receives that {@code bytes} of {@code slice} have been read. */
        void read(int slice, long bytes);
    }

    /** Creates a work in progress that passes everything on to {@code work}, and reports sums to {@code listener}. */
    public CountedWork(WorkInProgress work, ReadListener listener) {
        super(work);
        this.listener = listener;
    }

    @Override
    public void begin(int next) {
        synchronized (this) {
            slice = next;
            bytes = 0;
        }
        super.begin(next);
    }

    @Override
    public synchronized void read(long count) {
        bytes += count;
        listener.read(slice, bytes);
    }
}
