package io.filejob.service.upload;

import io.filejob.security.Sha256;
import io.filejob.service.upload.OpenUploads.OpenUpload;
import io.filejob.service.upload.OpenUploads.UploadCompletion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Part;

/** Appends to an upload in object storage; holds at most two parts in memory, one of which is being sent. */
final class S3UploadWriter implements UploadWriter {
    private final S3Parts parts;
    private final OpenUpload upload;
    private final UploadCompletion completion;
    private final PartSender sender;
    private final List<Part> sent;
    /** Whether the object exists already; its digest is not known. */
    private boolean isStored;

    private final int tailNumber;
    private final int tailLength;
    private String tailTag;
    private PartBuffer part;
    private long offset;
    private @Nullable Sha256 digest;
    private @Nullable String text;
    private boolean isComplete;

    S3UploadWriter(S3Parts parts, OpenUpload upload, UploadCompletion completion) {
        this.parts = parts;
        this.upload = upload;
        this.completion = completion;
        this.isStored = parts.size().isPresent();
        this.sent = isStored ? List.of() : parts.list();
        this.sender = new PartSender(parts, sent);
        this.tailNumber = sent.size();
        S3Parts.Tail tail = isStored ? S3Parts.Tail.none() : parts.tail(tailNumber);
        this.part = tail.bytes();
        this.tailLength = part.length();
        this.tailTag = tail.tag();
        this.offset = isStored
                ? parts.size().orElse(0L)
                : sent.stream().mapToLong(Part::size).sum() + tailLength;
        // Another process may have written since the offset was compared.
        UploadProblems.checkOffset(offset, upload.offset());
        this.digest = upload.digest(version(sent, tailTag));
    }

    /** Returns a text that changes with the stored bytes, which other processes may have written, too. */
    private static String version(List<Part> parts, String tailTag) {
        return parts.stream().map(Part::eTag).collect(Collectors.joining(" ", "", " " + tailTag));
    }

    @Override
    public void write(ByteBuffer bytes) {
        if (digest != null) {
            digest.update(bytes.duplicate());
        }
        while (bytes.hasRemaining()) {
            int most = S3Parts.partBytes(sender.count());
            if (part.length() == most) {
                part = S3Requests.send(() -> sender.send(part));
            } else {
                offset += part.append(bytes, most);
            }
        }
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
            if (sender.count() == 0) {
                parts.put(part);
            } else {
                if (part.length() > 0) {
                    part = sender.send(part);
                }
                parts.complete(sender.await());
            }
            return part;
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
            PartBuffer unsent = sender.unsent();
            if (unsent != null) {
                // The bytes after this part are lost, and the digest includes them.
                offset -= part.length();
                part = unsent;
                digest = null;
            }
            S3Requests.send(() -> {
                int number = sender.await().size();
                if (!isStored && part.length() > 0 && !isUnchanged(number)) {
                    tailTag = parts.putTail(number, part);
                }
                if (tailLength > 0 && (isComplete || number > tailNumber)) {
                    parts.deleteTail(tailNumber);
                }
                return offset;
            });
        } finally {
            upload.end(offset, version(sent, part.length() == 0 ? "" : tailTag), isComplete ? null : digest);
        }
    }

    private boolean isUnchanged(int number) {
        return number == tailNumber && part.length() == tailLength;
    }
}
