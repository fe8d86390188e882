package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.PendingFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * An object that is being written: in one request if it is small, otherwise as a multipart upload that is completed by
 * the commit and aborted if there is none. It holds one part in memory.
 */
final class S3Upload implements PendingFile {
    private static final int FIRST_BYTES = 64 << 10;
    private static final int SMALL_BYTES = 64 << 10;
    private static final int PART_BYTES = 8 << 20;
    /**
     * Number of parts of the same size. S3 accepts 10,000 parts; the later ones are larger, so that an object may have
     * 240 GiB.
     */
    private static final int PARTS_OF_A_SIZE = 2000;

    /** Name of the metadata entry that identifies the upload that created an object. */
    private static final String MARK = "filejob-upload";

    private final S3Client client;
    private final S3Location object;
    private final ExitCode code;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] part = new byte[FIRST_BYTES];
    private int length;
    /** Number of bytes in parts that were sent. */
    private long sent;

    private @Nullable String upload;
    /** Value of {@link #MARK} in the object, which identifies this upload. */
    private final String mark = UUID.randomUUID().toString();

    S3Upload(S3Client client, S3Location object, ExitCode code) {
        this.client = client;
        this.object = object;
        this.code = code;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int from = offset;
        int end = offset + count;
        while (from < end) {
            int partBytes = PART_BYTES * (1 + parts.size() / PARTS_OF_A_SIZE);
            if (length == partBytes) {
                sendPart();
                continue;
            }
            int taken = Math.min(end - from, partBytes - length);
            if (length + taken > part.length) {
                part = Arrays.copyOf(part, (int) Math.min(partBytes, Math.max(2L * part.length, length + taken)));
            }
            System.arraycopy(bytes, from, part, length, taken);
            length += taken;
            from += taken;
        }
    }

    private void sendPart() {
        try {
            if (upload == null) {
                upload = required(
                        client.createMultipartUpload(request -> request.bucket(object.bucket())
                                        .key(object.key())
                                        .metadata(Map.of(MARK, mark)))
                                .uploadId(),
                        "upload ID");
            }
            int number = parts.size() + 1;
            String tag = client.uploadPart(
                            request -> request.bucket(object.bucket())
                                    .key(object.key())
                                    .uploadId(upload)
                                    .partNumber(number),
                            body())
                    .eTag();
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(required(tag, "ETag of a part"))
                    .build());
            sent += length;
            length = 0;
        } catch (SdkException e) {
            throw S3Errors.failure(e, code, object.uri() + " cannot be written");
        }
    }

    private String required(@Nullable String value, String what) {
        if (value == null || value.isEmpty()) {
            throw new JobFailedException(
                    code, object.uri() + " cannot be written: the service's response lacks the " + what);
        }
        return value;
    }

    private RequestBody body() {
        return RequestBody.fromRemainingByteBuffer(ByteBuffer.wrap(part, 0, length));
    }

    /**
     * Sends the last part of large content; keeps small content in memory until {@link #commit}, since one request then
     * replaces three.
     */
    @Override
    public void finish() {
        if (length > SMALL_BYTES || (upload != null && length > 0)) {
            sendPart();
            part = new byte[0];
        } else {
            part = Arrays.copyOf(part, length);
        }
    }

    @Override
    public void commit() {
        if (upload != null && length > 0) {
            sendPart();
        }
        try {
            if (upload == null) {
                client.putObject(request -> request.bucket(object.bucket()).key(object.key()), body());
            } else {
                complete();
                upload = null;
            }
        } catch (SdkException e) {
            throw S3Errors.failure(e, code, object.uri() + " cannot be written");
        }
    }

    /**
     * Completes the upload. If the response is lost although the object was created, the object is recognized by its
     * mark.
     */
    private void complete() {
        try {
            // The service begins its response before it knows the outcome: without an ETag the object may be missing.
            String tag = client.completeMultipartUpload(request -> request.bucket(object.bucket())
                            .key(object.key())
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(parts)))
                    .eTag();
            if (tag == null || tag.isEmpty()) {
                throw SdkClientException.create("the response to the end of the upload is incomplete");
            }
        } catch (SdkException e) {
            if (!isThere(e)) {
                throw e;
            }
        }
    }

    private boolean isThere(SdkException failure) {
        try {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(object.bucket()).key(object.key()));
            return Long.valueOf(sent).equals(head.contentLength())
                    && mark.equals(head.metadata().get(MARK));
        } catch (SdkException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    @Override
    public void close() {
        if (upload == null) {
            return;
        }
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(object.bucket()).key(object.key()).uploadId(upload));
            upload = null;
        } catch (SdkException e) {
            throw S3Errors.failure(e, code, "the parts of " + object.uri() + " cannot be removed");
        }
    }
}
