package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** The body of a request to a resource, which fails with a problem when it is too large or its connection breaks. */
final class LimitedBody extends FilterInputStream {
    private final Supplier<ProblemException> refusal;
    private long left;
    private boolean isRefused;

    /** Creates a body of at most {@code limit} bytes; {@code refusal} is called once when there are more. */
    LimitedBody(InputStream body, long limit, Supplier<ProblemException> refusal) {
        super(body);
        this.left = limit;
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        int count;
        try {
            count = super.read(bytes, from, length);
        } catch (IOException e) {
            isRefused = true;
            throw new ProblemException(ProblemType.BAD_REQUEST, "body: not received completely; send it again");
        }
        left -= Math.max(0, count);
        if (left < 0) {
            isRefused = true;
            throw refusal.get();
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(count, 1 << 13)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Closes the body, which waits for its end unless it was refused. */
    @Override
    public void close() throws IOException {
        if (!isRefused) {
            super.close();
        }
    }
}
