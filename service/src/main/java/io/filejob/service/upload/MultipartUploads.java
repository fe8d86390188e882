package io.filejob.service.upload;

import io.filejob.failure.JobFailedException;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.s3.PresignedParts;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Uploads whose parts clients send to the object storage themselves, with signed URLs. They are uploads of the store, so that
 * they expire as all others do. Methods may block and are safe to call from several threads; several processes may use a
 * store.
 */
public final class MultipartUploads {
    private final S3UploadObjects objects;
    private final OpenUploads open;
    private final PresignedParts urls;
    private final Duration timeToLive;
    private final Clock clock;

    /** Creates the uploads of a store. */
    MultipartUploads(S3UploadObjects objects, OpenUploads open, PresignedParts urls, Duration timeToLive, Clock clock) {
        this.objects = objects;
        this.open = open;
        this.urls = urls;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    /** Returns the origin to which clients send parts, for example {@code https://files.example.com}. */
    public String origin() {
        return urls.origin(objects.prefix().bucket());
    }

    /**
     * Begins an upload of {@code bytes} bytes, at least 1, and returns it with the URLs of its first {@code limit} parts.
     *
     * @param id a UUID that no other upload has
     */
    public MultipartState begin(String id, String owner, String name, long bytes, int limit) {
        PartSizes sizes = PartSizes.of(bytes);
        return S3Requests.send(() -> {
            UploadNote note = UploadNote.of(owner, name, bytes, clock.instant(), timeToLive)
                    .withPartBytes(sizes.partBytes());
            return state(id, objects.create(id, note), sizes, List.of(), 0, limit);
        });
    }

    /**
     * Returns an incomplete upload with new URLs of {@code limit} parts after the one with the number {@code after}. Throws
     * {@link ProblemException}: 404 if it is not an upload of this kind, 409 if it is complete.
     */
    public MultipartState find(String id, int after, int limit) {
        return S3Requests.send(() -> {
            UploadNote note = note(id);
            checkIncomplete(note);
            return state(id, note, sizes(note), objects.parts(id, note).list(), after, limit);
        });
    }

    private UploadNote note(String id) {
        return objects.note(id).filter(note -> note.partBytes() != null).orElseThrow(UploadProblems::missing);
    }

    private static void checkIncomplete(UploadNote note) {
        if (note.digest() != null) {
            throw new ProblemException(ProblemType.CONFLICT, "the upload is complete; see /api/v1/files");
        }
    }

    private static PartSizes sizes(UploadNote note) {
        return new PartSizes(Objects.requireNonNull(note.length()), Objects.requireNonNull(note.partBytes()));
    }

    private MultipartState state(String id, UploadNote note, PartSizes sizes, List<Part> stored, int after, int limit) {
        int end = (int) Math.min(sizes.count(), (long) after + limit);
        Map<Integer, Part> whole = sizes.whole(stored);
        List<URI> signed = sign(id, note, sizes, after, end);
        List<MultipartState.SignedPart> parts = new ArrayList<>();
        for (int number = after + 1; number <= end; number++) {
            Part part = whole.get(number);
            parts.add(new MultipartState.SignedPart(
                    number,
                    sizes.offset(number),
                    sizes.size(number),
                    signed.get(number - after - 1).toString(),
                    part == null ? null : part.eTag()));
        }
        return new MultipartState(
                id,
                note.name(),
                sizes.bytes(),
                sizes.partBytes(),
                sizes.count(),
                note.expiry(),
                clock.instant().plus(urls.life()).toString(),
                parts,
                end < sizes.count() ? end : null);
    }

    private List<URI> sign(String id, UploadNote note, PartSizes sizes, int after, int end) {
        try {
            return urls.urls(
                    objects.location(id, note),
                    String.valueOf(note.multipart()),
                    after + 1,
                    IntStream.rangeClosed(after + 1, end).mapToObj(sizes::size).toList());
        } catch (JobFailedException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Joins the parts of an upload and reads the file once for its digest, which takes some time for a large file. Repeated
     * after a failure, it continues; repeated after its end, it returns the same.
     *
     * <p>Throws {@link ProblemException}: 404 if it is not an upload of this kind, 409 if it is complete with another digest
     * or another process has changed it, 422 if a part is missing or another one, or the file has another digest, in which
     * case the file is deleted, 423 if another request completes it.
     *
     * @param digest the SHA-256 of the file, for example {@code sha256:9f86...}; null if the client does not know it
     */
    public Upload complete(String id, List<SentPart> sent, @Nullable String digest) {
        return open.use(id, () -> S3Requests.send(() -> join(id, sent, digest)));
    }

    private Upload join(String id, List<SentPart> sent, @Nullable String digest) {
        UploadNote note = note(id);
        if (note.digest() != null) {
            if (digest != null && !digest.equals(note.digest())) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "the upload is complete with another digest (" + note.digest() + ")");
            }
            return objects.find(id, note);
        }
        PartSizes sizes = sizes(note);
        S3Parts parts = objects.parts(id, note);
        if (parts.size().isEmpty()) {
            join(parts, sizes.check(sent, parts.list()));
        }
        String actual = parts.digest().text();
        if (digest != null && !digest.equals(actual)) {
            objects.remove(id);
            throw new ProblemException(
                    ProblemType.INVALID, "digest: not the one of the file (" + actual + "); upload the file again");
        }
        return objects.complete(id, note, sizes.bytes(), actual);
    }

    private static void join(S3Parts parts, List<Part> ordered) {
        try {
            parts.complete(ordered);
        } catch (S3Exception e) {
            // A response may have been lost, after which the storage does not know the multipart upload any more.
            if (parts.size().isEmpty()) {
                throw e;
            }
        }
    }

    /**
     * Aborts an upload, whose parts are deleted. Throws {@link ProblemException}: 404 if it is not an upload of this kind, 409
     * if it is complete, 423 while another request completes it.
     */
    public void abort(String id) {
        open.delete(
                id,
                () -> S3Requests.send(() -> {
                    checkIncomplete(note(id));
                    objects.remove(id);
                    return id;
                }));
    }
}
