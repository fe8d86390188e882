package io.filejob.service.upload;

import io.filejob.storage.s3.S3Location;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Results in object storage. Notes are empty objects below {@code .notes/}, so that one listing has the times of all. */
final class BucketResultStore implements ResultStore {
    private static final String NOTES = ".notes/";

    private final S3Client client;
    private final String root;
    private final String bucket;
    private final String prefix;

    /** Creates a store below {@code root}, an {@code s3:} URI with a slash at its end. */
    BucketResultStore(S3Client client, String root) {
        S3Location location = S3Location.of(root);
        this.client = client;
        this.root = root;
        this.bucket = location.bucket();
        this.prefix = location.key();
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public void renew(String id) {
        S3Requests.send(() ->
                client.putObject(request -> request.bucket(bucket).key(prefix + NOTES + id), RequestBody.empty()));
    }

    @Override
    public Map<String, Instant> renewed() {
        return S3Requests.send(() -> {
            Map<String, Instant> times = new HashMap<>();
            for (S3Object note : client.listObjectsV2Paginator(
                            request -> request.bucket(bucket).prefix(prefix + NOTES))
                    .contents()) {
                String id = note.key().substring((prefix + NOTES).length());
                if (OpenUploads.isId(id)) {
                    times.put(id, note.lastModified());
                }
            }
            return times;
        });
    }

    @Override
    public void delete(String id) {
        String start = prefix + id + "/";
        S3Requests.send(() -> {
            client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(start)).stream()
                    .filter(page -> !page.contents().isEmpty())
                    .forEach(page -> client.deleteObjects(
                            request -> request.bucket(bucket).delete(keys -> keys.quiet(true)
                                    .objects(page.contents().stream()
                                            .map(object -> ObjectIdentifier.builder()
                                                    .key(object.key())
                                                    .build())
                                            .toList()))));
            List<MultipartUpload> unfinished =
                    client
                            .listMultipartUploadsPaginator(
                                    request -> request.bucket(bucket).prefix(start))
                            .uploads()
                            .stream()
                            .filter(upload -> upload.key().startsWith(start))
                            .toList();
            unfinished.forEach(upload -> client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
            return client.deleteObject(request -> request.bucket(bucket).key(prefix + NOTES + id));
        });
    }
}
