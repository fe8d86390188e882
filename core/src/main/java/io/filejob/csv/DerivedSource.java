package io.filejob.csv;

import java.io.IOException;

/** A part or another form of the bytes of a stored source, which it closes. */
abstract class DerivedSource implements ByteSource {
    /** The source from which bytes are derived. */
    final ByteSource stored;

    DerivedSource(ByteSource stored) {
        this.stored = stored;
    }

    /** Throws {@link IllegalStateException} if {@code from} is before {@code position}, which has been read. */
    final void checkForward(long from, long position) {
        if (from < position) {
            throw new IllegalStateException(name() + " is at byte " + position + ", and " + from + " is asked for");
        }
    }

    @Override
    public final String name() {
        return stored.name();
    }

    @Override
    public final void checkUnchanged() {
        stored.checkUnchanged();
    }

    @Override
    public final void close() throws IOException {
        stored.close();
    }
}
