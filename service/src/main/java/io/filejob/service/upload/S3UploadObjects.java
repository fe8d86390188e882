package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.s3.S3Location;
import io.filejob.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of uploads below a prefix of a bucket: each has a note, and an object of its bytes that a multipart upload
 * creates. Methods that send requests throw the exceptions of the client. Thread-safe.
 */
final class S3UploadObjects {
    private static final String NOTE = "upload.json";
    /** The object that exists while an upload is being deleted, so that no other process renews it. */
    private static final String DELETION = "deletion";

    private final S3Client client;
    private final S3Location prefix;

    S3UploadObjects(S3Client client, S3Location prefix) {
        this.client = client;
        // Without a slash, keys with another beginning would belong to this store, too.
        this.prefix = prefix.key().isEmpty() || prefix.key().endsWith("/")
                ? prefix
                : new S3Location(prefix.bucket(), prefix.key() + "/");
    }

    /** Returns the bucket and the prefix, with a slash at its end. */
    S3Location prefix() {
        return prefix;
    }

    /** Begins a multipart upload and stores {@code note} with its identity. */
    UploadNote create(String id, UploadNote note) {
        if (note(id).isPresent()) {
            throw new ProblemException(ProblemType.CONFLICT, "there is an upload with this identity already");
        }
        String multipart = client.createMultipartUpload(
                        request -> request.bucket(prefix.bucket()).key(dataKey(id, note.name())))
                .uploadId();
        UploadNote begun = note.withMultipart(multipart);
        write(id, begun);
        return begun;
    }

    void write(String id, UploadNote note) {
        client.putObject(
                request -> request.bucket(prefix.bucket()).key(key(id, NOTE)), RequestBody.fromBytes(Json.bytes(note)));
    }

    Optional<UploadNote> note(String id) {
        return S3Requests.find(() -> client.getObjectAsBytes(
                                request -> request.bucket(prefix.bucket()).key(key(id, NOTE)))
                        .asString(StandardCharsets.UTF_8))
                .flatMap(UploadNote::read);
    }

    private String key(String id, String name) {
        return prefix.key() + id + "/" + name;
    }

    private String dataKey(String id, String name) {
        return key(id, StoredName.of(name));
    }

    /** Returns the location of the bytes of an upload. */
    S3Location location(String id, UploadNote note) {
        return new S3Location(prefix.bucket(), dataKey(id, note.name()));
    }

    S3Parts parts(String id, UploadNote note) {
        return new S3Parts(
                client, prefix.bucket(), dataKey(id, note.name()), key(id, "tail"), String.valueOf(note.multipart()));
    }

    Upload upload(String id, UploadNote note, long bytes, boolean isComplete) {
        return note.upload(id, bytes, isComplete, "s3://" + prefix.bucket() + "/" + dataKey(id, note.name()));
    }

    /** Stores the digest of all bytes and returns the complete upload. */
    Upload complete(String id, UploadNote note, long bytes, String digest) {
        UploadNote complete = note.withDigest(digest);
        write(id, complete);
        return upload(id, complete, bytes, true);
    }

    /** Returns the upload of {@code note} with its number of bytes. */
    Upload find(String id, UploadNote note) {
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

    /** Refuses the renewal of an upload that another process has begun to delete, and that it may have deleted already. */
    void checkDeletion(String id, UploadNote renewed) {
        if (exists(key(id, DELETION))) {
            if (!exists(dataKey(id, renewed.name()))) {
                delete(key(id, NOTE));
            }
            throw UploadProblems.expired();
        }
    }

    /** Marks an upload as being deleted, and returns its note as it is after that. */
    Optional<UploadNote> beginDeletion(String id) {
        // A process that renews the upload looks at this object after that: one of both sees the other.
        client.putObject(request -> request.bucket(prefix.bucket()).key(key(id, DELETION)), RequestBody.empty());
        return note(id);
    }

    /** Removes the mark of {@link #beginDeletion}, and returns {@code id}. */
    String endDeletion(String id) {
        delete(key(id, DELETION));
        return id;
    }

    private boolean exists(String key) {
        return S3Requests.find(() -> client.headObject(
                        request -> request.bucket(prefix.bucket()).key(key)))
                .isPresent();
    }

    private void delete(String key) {
        client.deleteObject(request -> request.bucket(prefix.bucket()).key(key));
    }

    /** Deletes all objects of an upload and aborts its multipart upload; failures are problems. */
    void remove(String id) {
        S3Requests.send(() -> {
            unfinished(key(id, ""))
                    .forEach(upload -> client.abortMultipartUpload(request ->
                            request.bucket(prefix.bucket()).key(upload.key()).uploadId(upload.uploadId())));
            // The note is the last object but that of the deletion, so that a later attempt finds the rest.
            objects(key(id, "")).stream()
                    .map(S3Object::key)
                    .filter(key -> !isNote(key) && !key.endsWith("/" + DELETION))
                    .forEach(this::delete);
            delete(key(id, NOTE));
            delete(key(id, DELETION));
            return id;
        });
    }

    /** Returns all objects. */
    List<S3Object> all() {
        return objects(prefix.key());
    }

    private List<S3Object> objects(String start) {
        return client
                .listObjectsV2Paginator(
                        request -> request.bucket(prefix.bucket()).prefix(start))
                .contents()
                .stream()
                .toList();
    }

    /** Returns all multipart uploads that are neither complete nor aborted. */
    List<MultipartUpload> unfinished() {
        return unfinished(prefix.key());
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

    /** Returns whether {@code key} is that of a note. */
    static boolean isNote(String key) {
        return key.endsWith("/" + NOTE);
    }

    /** Returns the identity in a key below the prefix; empty without one. */
    String id(String key) {
        String rest = key.substring(prefix.key().length());
        return rest.substring(0, Math.max(0, rest.indexOf('/')));
    }
}
