package io.filejob.service.upload;

import io.filejob.security.Sha256;
import io.filejob.service.metrics.ServiceCounters;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Receives the bodies of uploads. For threads that may block. */
public final class Receiving {
    private static final int BUFFER = 1 << 16;

    private Receiving() {}

    /**
     * Receives a new upload as a whole. If the connection breaks, the caller loses access, the body exceeds {@code limit} or
     * {@code digest} is not the one of the body, nothing is left.
     */
    public static Upload whole(
            UploadStore store, Upload upload, RequestBodyReader body, long limit, @Nullable ContentDigest digest)
            throws IOException {
        boolean isDone = false;
        try {
            Upload complete = receive(store, upload, body, limit, digest);
            isDone = true;
            return complete;
        } finally {
            if (!isDone) {
                store.delete(upload.id());
            }
        }
    }

    private static Upload receive(
            UploadStore store, Upload upload, RequestBodyReader body, long limit, @Nullable ContentDigest digest)
            throws IOException {
        try (UploadWriter writer = store.open(upload.id(), 0)) {
            append(writer, body, limit, "limit");
            if (digest != null) {
                digest.check(writer.digest());
            }
            return writer.complete();
        }
    }

    /** Returns the SHA-256 of a body that is not stored. */
    public static String digest(RequestBodyReader body) throws IOException {
        Sha256 digest = new Sha256();
        for (Buffer bytes = body.next(); bytes != null; bytes = body.next()) {
            digest.update(ByteBuffer.wrap(bytes.getBytes()));
        }
        return digest.text();
    }

    /** Appends a body to an upload; bytes before the end of a broken connection are kept. Returns the new offset. */
    public static Upload part(UploadStore store, Upload upload, long offset, RequestBodyReader body)
            throws IOException {
        long length = upload.length() == null ? Long.MAX_VALUE : upload.length();
        try (UploadWriter writer = store.open(upload.id(), offset)) {
            append(writer, body, length, "announced length");
            if (writer.offset() == length) {
                return writer.complete();
            }
        }
        return store.find(upload.id()).orElseThrow(UploadProblems::missing);
    }

    private static void append(UploadWriter writer, RequestBodyReader body, long limit, String what)
            throws IOException {
        byte[] array = new byte[BUFFER];
        try {
            for (Buffer bytes = body.next(); bytes != null; bytes = body.next()) {
                body.access().performIfDue();
                if (writer.offset() + bytes.length() > limit) {
                    throw tooLarge(limit, what);
                }
                array = array.length < bytes.length() ? new byte[bytes.length()] : array;
                bytes.getBytes(array);
                writer.write(ByteBuffer.wrap(array, 0, bytes.length()));
                ServiceCounters.ofProcess().received(bytes.length());
            }
        } catch (ConnectionCutException e) {
            throw e;
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    /** Returns the problem of an upload of more than {@code limit} bytes. */
    public static ProblemException tooLarge(long limit, String what) {
        return new ProblemException(
                ProblemType.TOO_LARGE, "body: too large (" + what + " " + limit + " bytes); split the file");
    }
}
