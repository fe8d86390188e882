package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.Storage;
import io.filejob.storage.s3.S3Location;
import io.filejob.value.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Uploads in object storage: a note, and an object of the bytes that a multipart upload creates when it is complete. The
 * bytes that are no part yet are kept in an object of their own between two requests. Thread-safe; several processes may use
 * a prefix, each of which refuses to complete an upload with the parts of another one.
 */
public final class S3UploadStore implements UploadStore {
    private static final String NOTE = "upload.json";
    /** The object that exists while an upload is being deleted, so that no other process renews it. */
    private static final String DELETION = "deletion";

    private final S3Client client;
    private final S3Location prefix;
    private final Supplier<Storage> storage;
    private final Duration timeToLive;
    private final Clock clock;
    private final OpenUploads open = new OpenUploads();

    /** Creates a store below {@code prefix}; {@code storage} opens the storage that can read it. */
    public S3UploadStore(
            S3Client client, S3Location prefix, Supplier<Storage> storage, Duration timeToLive, Clock clock) {
        this.client = client;
        // Without a slash, keys with another beginning would belong to this store, too.
        this.prefix = prefix.key().isEmpty() || prefix.key().endsWith("/")
                ? prefix
                : new S3Location(prefix.bucket(), prefix.key() + "/");
        this.storage = storage;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    @Override
    public Upload create(String id, String owner, String name, @Nullable Long length) {
        return S3Requests.send(() -> {
            if (note(id).isPresent()) {
                throw new ProblemException(ProblemType.CONFLICT, "there is an upload with this identity already");
            }
            String multipart = client.createMultipartUpload(
                            request -> request.bucket(prefix.bucket()).key(dataKey(id, name)))
                    .uploadId();
            UploadNote note = UploadNote.of(owner, name, length, clock.instant(), timeToLive)
                    .withMultipart(multipart);
            write(id, note);
            return upload(id, note, 0, false);
        });
    }

    private void write(String id, UploadNote note) {
        client.putObject(
                request -> request.bucket(prefix.bucket()).key(key(id, NOTE)), RequestBody.fromBytes(Json.bytes(note)));
    }

    private String key(String id, String name) {
        return prefix.key() + id + "/" + name;
    }

    private String dataKey(String id, String name) {
        return key(id, StoredName.of(name));
    }

    private Upload upload(String id, UploadNote note, long bytes, boolean isComplete) {
        return note.upload(id, bytes, isComplete, "s3://" + prefix.bucket() + "/" + dataKey(id, note.name()));
    }

    private Optional<UploadNote> note(String id) {
        return S3Requests.find(() -> client.getObjectAsBytes(
                                request -> request.bucket(prefix.bucket()).key(key(id, NOTE)))
                        .asString(StandardCharsets.UTF_8))
                .flatMap(UploadNote::read);
    }

    private S3Parts parts(String id, UploadNote note) {
        return new S3Parts(
                client, prefix.bucket(), dataKey(id, note.name()), key(id, "tail"), String.valueOf(note.multipart()));
    }

    @Override
    public Optional<Upload> find(String id) {
        if (!OpenUploads.isId(id)) {
            return Optional.empty();
        }
        return S3Requests.send(() -> note(id).map(note -> find(id, note)));
    }

    private Upload find(String id, UploadNote note) {
        S3Parts parts = parts(id, note);
        Optional<Long> stored = parts.size();
        if (stored.isEmpty()) {
            Optional<Long> received = parts.received();
            if (received.isPresent()) {
                return upload(id, note, received.get(), false);
            }
            // Another request has made the object of its parts meanwhile.
            stored = parts.size();
        }
        return upload(id, note, stored.orElse(0L), stored.isPresent() && note.digest() != null);
    }

    @Override
    public UploadWriter open(String id, long offset) {
        return open.write(id, offset, this::find, upload -> {
            UploadNote note = note(id).orElseThrow(UploadProblems::missing);
            return S3Requests.send(() -> new S3UploadWriter(
                    parts(id, note),
                    upload,
                    (bytes, digest) -> S3Requests.send(() -> {
                        UploadNote complete = note.withDigest(digest);
                        write(id, complete);
                        return upload(id, complete, bytes, true);
                    })));
        });
    }

    @Override
    public void delete(String id) {
        if (OpenUploads.isId(id)) {
            open.delete(id, () -> remove(id));
        }
    }

    @Override
    public void renew(String id) {
        if (OpenUploads.isId(id)) {
            open.change(
                    id,
                    () -> S3Requests.send(() -> note(id).filter(note -> note.digest() != null)
                            .map(note -> note.withExpiry(clock.instant().plus(timeToLive)))
                            .map(note -> {
                                write(id, note);
                                return checkDeletion(id, note);
                            })));
        }
    }

    /** Refuses the renewal of an upload that another process has begun to delete, and that it may have deleted already. */
    private UploadNote checkDeletion(String id, UploadNote renewed) {
        if (!exists(key(id, DELETION))) {
            return renewed;
        }
        if (!exists(dataKey(id, renewed.name()))) {
            deleteObject(key(id, NOTE));
        }
        throw UploadProblems.expired();
    }

    private boolean exists(String key) {
        return S3Requests.find(() -> client.headObject(
                        request -> request.bucket(prefix.bucket()).key(key)))
                .isPresent();
    }

    @Override
    public void deleteExpired(String id, Instant now) {
        if (!OpenUploads.isId(id)) {
            return;
        }
        open.delete(
                id,
                () -> open.change(id, () -> {
                    if (!isExpired(S3Requests.send(() -> note(id)), now)) {
                        return;
                    }
                    // A process that renews the upload looks at this object after that: one of both sees the other.
                    S3Requests.send(() -> client.putObject(
                            request -> request.bucket(prefix.bucket()).key(key(id, DELETION)), RequestBody.empty()));
                    Optional<UploadNote> note = S3Requests.send(() -> note(id));
                    if (isExpired(note, now)) {
                        remove(id);
                        note.ifPresent(deleted -> open.expire(id, deleted.owner()));
                    } else {
                        S3Requests.send(() -> client.deleteObject(
                                request -> request.bucket(prefix.bucket()).key(key(id, DELETION))));
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

    private void remove(String id) {
        S3Requests.send(() -> {
            unfinished(key(id, ""))
                    .forEach(upload -> client.abortMultipartUpload(request ->
                            request.bucket(prefix.bucket()).key(upload.key()).uploadId(upload.uploadId())));
            // The note is the last object but that of the deletion, so that a later attempt finds the rest.
            objects(key(id, "")).stream()
                    .map(S3Object::key)
                    .filter(key -> !key.endsWith("/" + NOTE) && !key.endsWith("/" + DELETION))
                    .forEach(this::deleteObject);
            deleteObject(key(id, NOTE));
            deleteObject(key(id, DELETION));
            return id;
        });
    }

    private void deleteObject(String key) {
        client.deleteObject(request -> request.bucket(prefix.bucket()).key(key));
    }

    private List<S3Object> objects(String start) {
        return client
                .listObjectsV2Paginator(
                        request -> request.bucket(prefix.bucket()).prefix(start))
                .contents()
                .stream()
                .toList();
    }

    private List<MultipartUpload> unfinished(String start) {
        return client
                .listMultipartUploadsPaginator(
                        request -> request.bucket(prefix.bucket()).prefix(start))
                .uploads()
                .stream()
                .filter(upload -> upload.key().startsWith(start))
                .toList();
    }

    @Override
    public List<Upload> list() {
        return S3Requests.send(() -> {
            Map<String, Upload> all = new LinkedHashMap<>();
            List<S3Object> objects = objects(prefix.key());
            objects.stream()
                    .map(S3Object::key)
                    .filter(key -> key.endsWith("/" + NOTE))
                    .map(this::id)
                    .forEach(id -> find(id).ifPresent(upload -> all.put(id, upload)));
            // A request to a process that has not ended when another one deletes its upload may leave an object.
            for (S3Object object : objects) {
                if (OpenUploads.isId(id(object.key()))) {
                    all.computeIfAbsent(id(object.key()), id -> remains(id, object.lastModified()));
                }
            }
            // A process that was killed may leave a multipart upload without a note.
            for (MultipartUpload upload : unfinished(prefix.key())) {
                if (OpenUploads.isId(id(upload.key()))) {
                    all.computeIfAbsent(id(upload.key()), id -> remains(id, upload.initiated()));
                }
            }
            return List.copyOf(all.values());
        });
    }

    private String id(String key) {
        String rest = key.substring(prefix.key().length());
        return rest.substring(0, Math.max(0, rest.indexOf('/')));
    }

    private Upload remains(String id, @Nullable Instant begun) {
        Instant created = begun == null ? clock.instant() : begun;
        return upload(id, UploadNote.of("", "", null, created, timeToLive), 0, false);
    }

    @Override
    public Storage storage() {
        return storage.get();
    }
}
