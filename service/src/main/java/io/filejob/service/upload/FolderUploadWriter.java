package io.filejob.service.upload;

import io.filejob.security.Sha256;
import io.filejob.service.upload.OpenUploads.OpenUpload;
import io.filejob.service.upload.OpenUploads.UploadCompletion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Appends to the file of an upload. */
final class FolderUploadWriter implements UploadWriter {
    private static final int BUFFER = 1 << 16;

    private final Path partial;
    private final FileChannel file;
    private final OpenUpload upload;
    private final UploadCompletion completion;
    private long offset;
    private @Nullable Sha256 digest;
    private @Nullable String text;
    private boolean isComplete;

    FolderUploadWriter(Path partial, long offset, OpenUpload upload, UploadCompletion completion) throws IOException {
        this.partial = partial;
        this.file = FileChannel.open(partial, StandardOpenOption.WRITE);
        this.upload = upload;
        this.completion = completion;
        this.offset = offset;
        this.digest = upload.digest("");
        file.position(offset);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (digest != null) {
            digest.update(bytes.duplicate());
        }
        while (bytes.hasRemaining()) {
            offset += file.write(bytes);
        }
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public String digest() throws IOException {
        if (text == null) {
            Sha256 whole = digest == null ? read() : digest;
            text = whole.text();
            digest = null;
        }
        return text;
    }

    private Sha256 read() throws IOException {
        Sha256 whole = new Sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(partial)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                whole.update(buffer, 0, length);
            }
        }
        return whole;
    }

    @Override
    public Upload complete() throws IOException {
        String sha256 = digest();
        // Without this, a power failure could leave a shorter file under the final name.
        file.force(true);
        Upload complete = completion.complete(offset, sha256);
        isComplete = true;
        return complete;
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            upload.end(offset, "", isComplete ? null : digest);
        }
    }
}
