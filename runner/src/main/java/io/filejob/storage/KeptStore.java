package io.filejob.storage;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.storage.state.StateStore;
import io.filejob.storage.state.StoreNote;
import java.io.IOException;
import java.util.Optional;

/**
 * The store of a job that is to be deleted: a folder, or a prefix in a bucket. Nothing is created. Failures are {@link
 * JobFailedException}s that name the file.
 */
public final class KeptStore {
    private final Storage storage;
    private final String uri;
    private final Folder folder;

    /** Refers to the store at {@code uri}, which need not exist. */
    public KeptStore(Storage storage, String uri) {
        this.storage = storage;
        this.uri = uri;
        this.folder = storage.folder(uri);
    }

    /**
     * Returns the name of the job, see {@link StateStore#job()}, or an empty result if there is no store. Throws {@link
     * JobFailedException} with {@link ExitCode#STORE_LOST} if the store belongs to a job of another spec than that with
     * the digest {@code spec}.
     */
    public Optional<String> job(String spec) {
        Optional<byte[]> bytes = folder.find(StoreNote.NAME);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            StoreNote note = StoreNote.read(bytes.get(), folder.location(StoreNote.NAME));
            if (!note.job().spec().equals(spec)) {
                throw new JobFailedException(
                        ExitCode.STORE_LOST,
                        "the store " + uri + " belongs to a job with another spec: name that job's manifest");
            }
            return Optional.of(note.id());
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the store " + uri + " cannot be used: " + e.getMessage()
                            + ": name the job with --job, then remove the store by hand",
                    e);
        }
    }

    /** Deletes partial results, ledgers and finally the note with the job's name; other files stay. */
    public void remove() {
        storage.folder(Storage.below(uri, "partials")).clear();
        storage.folder(Storage.below(uri, "ledgers")).clear();
        folder.delete(StoreNote.NAME);
    }
}
