package io.filejob.service.upload;

import io.filejob.security.Sha256;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The uploads of a store that are in use, each by one writer, and the digests of unfinished ones. Thread-safe. */
final class OpenUploads {
    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** The number of expired uploads whose owners are told so. */
    private static final int MAX_EXPIRED = 10_000;

    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final RunningDigests digests = new RunningDigests();
    private final ConcurrentHashMap<String, Boolean> changes = new ConcurrentHashMap<>();
    private final Map<String, String> expired = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_EXPIRED;
        }
    };

    /** Returns whether {@code id} can be the identity of an upload, and so the name of a folder. */
    static boolean isId(String id) {
        return UUIDS.matcher(id).matches();
    }

    /**
     * Opens an upload for writing from {@code offset}. It is in use until the writer calls {@link OpenUpload#end}, or {@code
     * writer} fails.
     *
     * @param find returns the upload, if it exists
     */
    UploadWriter write(String id, long offset, Function<String, Optional<Upload>> find, WriterFactory writer) {
        lock(id);
        try {
            UploadProblems.checkOffset(find.apply(id).orElseThrow(UploadProblems::missing), offset);
            return writer.open(new OpenUpload(id, offset));
        } catch (IOException e) {
            open.remove(id);
            throw StorageProblems.of(e);
        } catch (RuntimeException e) {
            open.remove(id);
            throw e;
        }
    }

    /** Deletes an upload by {@code deletion}, unless it is open. */
    void delete(String id, Runnable deletion) {
        use(id, () -> {
            digests.forget(id);
            deletion.run();
            return id;
        });
    }

    /** Returns the result of {@code work} on an upload, which is in use meanwhile; fails (423) if it is already. */
    <T> T use(String id, Supplier<T> work) {
        lock(id);
        try {
            return work.get();
        } finally {
            open.remove(id);
        }
    }

    /**
     * Performs {@code change} of the note of a complete upload, or decides by it on its deletion, while no other thread does
     * so.
     */
    void change(String id, Runnable change) {
        changes.compute(id, (_, _) -> {
            change.run();
            return null;
        });
    }

    /** Records that the upload of {@code owner} is deleted because of its expiry. */
    void expire(String id, String owner) {
        synchronized (expired) {
            expired.put(id, owner);
        }
    }

    /** Returns the owner of one of the last uploads that have been deleted because of their expiry. */
    Optional<String> ownerOfExpired(String id) {
        synchronized (expired) {
            return Optional.ofNullable(expired.get(id));
        }
    }

    private void lock(String id) {
        if (!open.add(id)) {
            throw new ProblemException(
                    ProblemType.LOCKED, "another request writes the upload; try again when it has ended");
        }
    }

    /** Opens a writer of an upload that is in use. */
    interface WriterFactory {
        UploadWriter open(OpenUpload upload) throws IOException;
    }

    /** Makes an upload complete for readers. */
    interface UploadCompletion {
        /** Stores the digest of all bytes and returns the complete upload. */
        Upload complete(long bytes, String digest) throws IOException;
    }

    /** An upload while a writer uses it. */
    final class OpenUpload {
        private final String id;
        private final long offset;

        private OpenUpload(String id, long offset) {
            this.id = id;
            this.offset = offset;
        }

        /** Returns the number of bytes after which the client continues. */
        long offset() {
            return offset;
        }

        /**
         * Returns the digest of the bytes before the offset; null if they have to be read again. For one call.
         *
         * @param version a text that changes with the stored bytes, if other processes may write them
         */
        @Nullable
        Sha256 digest(String version) {
            return digests.take(id, offset, version);
        }

        /** Ends the use of the upload; {@code unfinished} is null if it is complete or has to be computed again. */
        void end(long bytes, String version, @Nullable Sha256 unfinished) {
            if (unfinished != null) {
                digests.keep(id, bytes, version, unfinished);
            }
            open.remove(id);
        }
    }
}
