package io.filejob.storage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Limits the length of responses that the client holds in memory: all except the contents of objects. */
final class S3ResponseLimit implements ExecutionInterceptor {
    /** A page of a listing has at most 1,000 keys of 1,024 bytes, each of which may be escaped. */
    private static final int MAX_BYTES = 16 << 20;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        boolean isContent = context.request() instanceof GetObjectRequest
                && context.httpResponse().isSuccessful();
        return isContent ? context.responseBody() : context.responseBody().map(Limited::new);
    }

    /** A stream that fails after {@link #MAX_BYTES} bytes. */
    private static final class Limited extends FilterInputStream {
        private int left = MAX_BYTES;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            counted(read < 0 ? -1 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return (int) counted(super.read(bytes, offset, length));
        }

        @Override
        public long skip(long count) throws IOException {
            return counted(super.skip(count));
        }

        private long counted(long read) throws IOException {
            left -= (int) Math.max(0, Math.min(read, left));
            if (left == 0) {
                throw new IOException("the response is longer than " + (MAX_BYTES >> 20) + " MiB");
            }
            return read;
        }
    }
}
