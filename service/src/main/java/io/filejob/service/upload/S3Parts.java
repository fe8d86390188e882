package io.filejob.service.upload;

import io.filejob.security.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * The parts of a multipart upload, and the object of the bytes after them. The name of that object has the number of the
 * next part, so that it does not count any more once its bytes are in a part.
 */
final class S3Parts {
    private static final int PART_BYTES = 8 << 20;
    /** Number of parts of the same size; later ones are larger, since S3 accepts 10,000. */
    private static final int PARTS_OF_A_SIZE = 2000;

    private static final int BUFFER = 1 << 16;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final String tail;
    private final String multipart;

    S3Parts(S3Client client, String bucket, String key, String tail, String multipart) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.tail = tail;
        this.multipart = multipart;
    }

    /** Returns the size of the part after {@code number} parts. */
    static int partBytes(int number) {
        return PART_BYTES * (1 + number / PARTS_OF_A_SIZE);
    }

    /** Returns the size of the object, if the upload is complete. */
    Optional<Long> size() {
        return S3Requests.find(() ->
                client.headObject(request -> request.bucket(bucket).key(key)).contentLength());
    }

    /** Returns the number of bytes that have been received; empty if the multipart upload has ended. */
    Optional<Long> received() {
        return S3Requests.find(this::list)
                .map(parts -> parts.stream().mapToLong(Part::size).sum()
                        + S3Requests.find(() -> client.headObject(request ->
                                                request.bucket(bucket).key(tailKey(parts.size())))
                                        .contentLength())
                                .orElse(0L));
    }

    List<Part> list() {
        return new ArrayList<>(
                client
                        .listPartsPaginator(
                                request -> request.bucket(bucket).key(key).uploadId(multipart))
                        .parts()
                        .stream()
                        .toList());
    }

    private String tailKey(int number) {
        return tail + "-" + (number + 1);
    }

    /**
     * The bytes after the last part.
     *
     * @param bytes the bytes
     * @param tag the ETag of their object; empty if there is none
     */
    record Tail(PartBuffer bytes, String tag) {
        /** Returns no bytes. */
        static Tail none() {
            return new Tail(new PartBuffer(new byte[0]), "");
        }
    }

    /** Returns the bytes after {@code number} parts. */
    Tail tail(int number) {
        return S3Requests.find(() -> client.getObjectAsBytes(
                        request -> request.bucket(bucket).key(tailKey(number))))
                .map(tail -> new Tail(
                        new PartBuffer(tail.asByteArray()),
                        String.valueOf(tail.response().eTag())))
                .orElseGet(Tail::none);
    }

    /** Stores the bytes after {@code number} parts and returns the ETag of their object. */
    String putTail(int number, PartBuffer bytes) {
        return String.valueOf(client.putObject(request -> request.bucket(bucket).key(tailKey(number)), body(bytes))
                .eTag());
    }

    /** Returns the bytes as a body that may be sent several times; other kinds of bodies copy them. */
    private static RequestBody body(PartBuffer bytes) {
        return RequestBody.fromContentProvider(bytes::stream, bytes.length(), "application/octet-stream");
    }

    void deleteTail(int number) {
        client.deleteObject(request -> request.bucket(bucket).key(tailKey(number)));
    }

    /** Sends part {@code number}, from 1, and returns it. */
    Part send(int number, PartBuffer bytes) {
        long size = bytes.length();
        String tag = client.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(multipart)
                                .partNumber(number),
                        body(bytes))
                .eTag();
        return Part.builder().partNumber(number).eTag(tag).size(size).build();
    }

    /** Creates the object from its parts. */
    void complete(List<Part> parts) {
        client.completeMultipartUpload(request -> request.bucket(bucket)
                .key(key)
                .uploadId(multipart)
                .multipartUpload(all -> all.parts(parts.stream()
                        .map(part -> CompletedPart.builder()
                                .partNumber(part.partNumber())
                                .eTag(part.eTag())
                                .build())
                        .toList())));
    }

    /** Creates an object without parts, which an empty or small one cannot have. */
    void put(PartBuffer bytes) {
        client.putObject(request -> request.bucket(bucket).key(key), body(bytes));
        client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(multipart));
    }

    /** Reads the complete object and returns its digest. */
    Sha256 digest() {
        Sha256 digest = new Sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = client.getObject(request -> request.bucket(bucket).key(key))) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digest;
    }
}
