package io.filejob.service.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream that is copied to a response in larger pieces than other streams, which takes less CPU. For one thread. */
final class TransferStream extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    TransferStream(InputStream in) {
        super(in);
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            out.write(buffer, 0, length);
            bytes += length;
        }
        return bytes;
    }
}
