package io.filejob.service.upload;

import io.filejob.security.Sha256;
import io.filejob.service.upload.OpenUploads.OpenUpload;
import io.filejob.service.upload.OpenUploads.UploadCompletion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Part;

/** Appends to an upload in object storage; holds one part in memory. */
final class S3UploadWriter implements UploadWriter {
    private static final int FIRST_BYTES = 1 << 16;

    private final S3Parts parts;
    private final OpenUpload upload;
    private final UploadCompletion completion;
    private final List<Part> sent;
    /** Whether the object exists already; its digest is not known. */
    private boolean isStored;

    private final int tailNumber;
    private final int tailLength;
    private byte[] part;
    private int length;
    private long offset;
    private @Nullable Sha256 digest;
    private @Nullable String text;
    private boolean isComplete;

    S3UploadWriter(S3Parts parts, OpenUpload upload, UploadCompletion completion) {
        this.parts = parts;
        this.upload = upload;
        this.completion = completion;
        this.digest = upload.digest();
        this.isStored = parts.size().isPresent();
        this.sent = isStored ? List.of() : parts.list();
        this.tailNumber = sent.size();
        this.part = isStored ? new byte[0] : parts.tail(tailNumber);
        this.length = part.length;
        this.tailLength = length;
        this.offset = isStored
                ? parts.size().orElse(0L)
                : sent.stream().mapToLong(Part::size).sum() + length;
    }

    @Override
    public void write(ByteBuffer bytes) {
        if (digest != null) {
            digest.update(bytes.duplicate());
        }
        while (bytes.hasRemaining()) {
            int most = S3Parts.partBytes(sent.size());
            if (length == most) {
                sendPart();
                continue;
            }
            int count = Math.min(bytes.remaining(), most - length);
            if (length + count > part.length) {
                part = Arrays.copyOf(
                        part, Math.min(most, Math.max(FIRST_BYTES, Math.max(2 * part.length, length + count))));
            }
            bytes.get(part, length, count);
            length += count;
            offset += count;
        }
    }

    private void sendPart() {
        S3Requests.send(() -> sent.add(parts.send(sent.size() + 1, content())));
        length = 0;
    }

    private ByteBuffer content() {
        return ByteBuffer.wrap(part, 0, length);
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public String digest() {
        if (text == null) {
            if (digest == null) {
                // Parts cannot be read before the object exists; it is not complete for readers without a digest.
                store();
                digest = S3Requests.send(parts::digest);
            }
            text = digest.text();
            digest = null;
        }
        return text;
    }

    private void store() {
        if (isStored) {
            return;
        }
        S3Requests.send(() -> {
            if (sent.isEmpty()) {
                parts.put(content());
            } else {
                if (length > 0) {
                    sendPart();
                }
                parts.complete(sent);
            }
            return sent;
        });
        isStored = true;
    }

    @Override
    public Upload complete() throws IOException {
        String sha256 = digest();
        store();
        Upload complete = completion.complete(offset, sha256);
        isComplete = true;
        return complete;
    }

    @Override
    public void close() {
        try {
            S3Requests.send(() -> {
                if (!isStored && length > 0 && !isUnchanged()) {
                    parts.putTail(sent.size(), content());
                }
                if (tailLength > 0 && (isComplete || sent.size() > tailNumber)) {
                    parts.deleteTail(tailNumber);
                }
                return offset;
            });
        } finally {
            upload.end(offset, isComplete ? null : digest);
        }
    }

    private boolean isUnchanged() {
        return sent.size() == tailNumber && length == tailLength;
    }
}
