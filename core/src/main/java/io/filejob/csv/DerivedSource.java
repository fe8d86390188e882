package io.filejob.csv;

import java.io.IOException;

/** The bytes of a stored source, a part of them or another form, with the same name; it closes the stored source. */
public abstract class DerivedSource implements ByteSource {
    /** The source from which bytes are derived. */
    protected final ByteSource stored;

    /** Creates a source that reads {@code stored}. */
    protected DerivedSource(ByteSource stored) {
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
