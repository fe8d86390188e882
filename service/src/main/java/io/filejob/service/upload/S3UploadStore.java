package io.filejob.service.upload;

import io.filejob.storage.Storage;
import io.filejob.storage.s3.PresignedParts;
import io.filejob.storage.s3.S3Location;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Uploads in object storage: a note, and an object of the bytes that a multipart upload creates when it is complete. The
 * bytes that are no part yet are kept in an object of their own between two requests. Thread-safe; several processes may use
 * a prefix, each of which refuses to complete an upload with the parts of another one.
 */
public final class S3UploadStore implements UploadStore {
    private final S3UploadObjects objects;
    private final Supplier<Storage> storage;
    private final Duration timeToLive;
    private final Clock clock;
    private final OpenUploads open = new OpenUploads();
    private final @Nullable MultipartUploads multipart;

    /** Creates a store below {@code prefix}; {@code storage} opens the storage that can read it. */
    public S3UploadStore(
            S3Client client, S3Location prefix, Supplier<Storage> storage, Duration timeToLive, Clock clock) {
        this(client, prefix, storage, null, timeToLive, clock);
    }

    /** Creates such a store; clients send parts to the URLs of {@code urls}, which is null if they do not reach it. */
    public S3UploadStore(
            S3Client client,
            S3Location prefix,
            Supplier<Storage> storage,
            @Nullable PresignedParts urls,
            Duration timeToLive,
            Clock clock) {
        this.objects = new S3UploadObjects(client, prefix);
        this.storage = storage;
        this.multipart = urls == null ? null : new MultipartUploads(objects, open, urls, timeToLive, clock);
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    @Override
    public Upload create(String id, String owner, String name, @Nullable Long length) {
        return S3Requests.send(() -> {
            UploadNote note = objects.create(id, UploadNote.of(owner, name, length, clock.instant(), timeToLive));
            return objects.upload(id, note, 0, false);
        });
    }

    @Override
    public Optional<Upload> find(String id) {
        if (!OpenUploads.isId(id)) {
            return Optional.empty();
        }
        return S3Requests.send(() -> objects.note(id).map(note -> objects.find(id, note)));
    }

    @Override
    public UploadWriter open(String id, long offset) {
        return open.write(id, offset, this::find, upload -> {
            UploadNote note = objects.note(id).orElseThrow(UploadProblems::missing);
            if (note.partBytes() != null) {
                throw UploadProblems.inParts();
            }
            return S3Requests.send(() -> new S3UploadWriter(
                    objects.parts(id, note),
                    upload,
                    (bytes, digest) -> S3Requests.send(() -> objects.complete(id, note, bytes, digest))));
        });
    }

    @Override
    public void delete(String id) {
        if (OpenUploads.isId(id)) {
            open.delete(id, () -> objects.remove(id));
        }
    }

    @Override
    public void renew(String id) {
        if (OpenUploads.isId(id)) {
            open.change(
                    id,
                    () -> S3Requests.send(() -> objects.note(id)
                            .filter(note -> note.digest() != null)
                            .map(note -> note.withExpiry(clock.instant().plus(timeToLive)))
                            .map(note -> {
                                objects.write(id, note);
                                objects.checkDeletion(id, note);
                                return note;
                            })));
        }
    }

    @Override
    public void deleteExpired(String id, Instant now) {
        if (!OpenUploads.isId(id)) {
            return;
        }
        open.delete(
                id,
                () -> open.change(id, () -> {
                    if (!isExpired(S3Requests.send(() -> objects.note(id)), now)) {
                        return;
                    }
                    Optional<UploadNote> note = S3Requests.send(() -> objects.beginDeletion(id));
                    if (isExpired(note, now)) {
                        objects.remove(id);
                        note.ifPresent(deleted -> open.expire(id, deleted.owner()));
                    } else {
                        S3Requests.send(() -> objects.endDeletion(id));
                    }
                }));
    }

    private static boolean isExpired(Optional<UploadNote> note, Instant now) {
        return note.isEmpty() || note.get().isExpired(now);
    }

    @Override
    public Optional<String> ownerOfExpired(String id) {
        return open.ownerOfExpired(id);
    }

    @Override
    public Optional<MultipartUploads> multipart() {
        return Optional.ofNullable(multipart);
    }

    @Override
    public List<Upload> list() {
        return S3Requests.send(() -> {
            Map<String, Upload> all = new LinkedHashMap<>();
            List<S3Object> found = objects.all();
            found.stream()
                    .map(S3Object::key)
                    .filter(S3UploadObjects::isNote)
                    .map(objects::id)
                    .forEach(id -> find(id).ifPresent(upload -> all.put(id, upload)));
            // A request to a process that has not ended when another one deletes its upload may leave an object.
            for (S3Object object : found) {
                if (OpenUploads.isId(objects.id(object.key()))) {
                    all.computeIfAbsent(objects.id(object.key()), id -> remains(id, object.lastModified()));
                }
            }
            // A process that was killed may leave a multipart upload without a note.
            for (MultipartUpload upload : objects.unfinished()) {
                if (OpenUploads.isId(objects.id(upload.key()))) {
                    all.computeIfAbsent(objects.id(upload.key()), id -> remains(id, upload.initiated()));
                }
            }
            return List.copyOf(all.values());
        });
    }

    private Upload remains(String id, @Nullable Instant begun) {
        Instant created = begun == null ? clock.instant() : begun;
        return objects.upload(id, UploadNote.of("", "", null, created, timeToLive), 0, false);
    }

    @Override
    public Storage storage() {
        return storage.get();
    }
}
