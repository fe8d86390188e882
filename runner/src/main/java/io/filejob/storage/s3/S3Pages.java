package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.time.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects and unfinished uploads with keys that begin with a prefix. Listings that cannot be true, or do not end, are
 * refused: an object that is left out would be missing from a result.
 */
final class S3Pages {
    /** Maximum number of successive pages without an object; a service may send some while it skips deleted objects. */
    private static final int MAX_EMPTY = 200;
    /** Maximum number of unfinished uploads below a prefix. */
    private static final int MAX_UPLOADS = 100_000;
    /** Services that keep objects as files, such as S3Proxy, list one without an ETag while it is being written. */
    private static final RetryPolicy UNFINISHED =
            new RetryPolicy(6, Duration.ofMillis(20), Duration.ofSeconds(1), 0.5, null);
    /** Estimated memory of an object in a list, in bytes. */
    private static final int BYTES_PER_OBJECT = 400;

    private final S3Client client;
    private final S3Location prefix;
    private final ExitCode code;

    S3Pages(S3Client client, S3Location prefix, ExitCode code) {
        this.client = client;
        this.prefix = prefix;
        this.code = code;
    }

    /** Returns all objects without a slash after the prefix, which must fit a quarter of the heap. */
    List<S3Object> all() {
        long most = Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_OBJECT;
        List<S3Object> objects = new ArrayList<>();
        forEach(true, page -> {
            objects.addAll(page);
            if (objects.size() > most) {
                throw refused(
                        String.format(Locale.ROOT, "it has more than %,d objects, which do not fit the heap", most));
            }
        });
        return objects;
    }

    /** Passes the objects on, page by page; with {@code flat}, those without a slash after the prefix. */
    void forEach(boolean flat, Consumer<List<S3Object>> pages) {
        String token = null;
        int empty = 0;
        try {
            do {
                ListObjectsV2Response page = page(ListObjectsV2Request.builder()
                        .bucket(prefix.bucket())
                        .prefix(prefix.key())
                        .delimiter(flat ? "/" : null)
                        .continuationToken(token)
                        .build());
                pages.accept(
                        flat ? page.contents().stream().filter(this::isFlat).toList() : page.contents());
                empty = page.contents().isEmpty() && page.commonPrefixes().isEmpty() ? empty + 1 : 0;
                if (empty > MAX_EMPTY) {
                    throw refused("the service sends " + MAX_EMPTY + " pages without an object, and more to follow");
                }
                token = next(page.isTruncated(), page.nextContinuationToken(), token);
            } while (token != null);
        } catch (SdkException e) {
            throw S3Errors.failure(e, code, prefix.uri() + " cannot be listed");
        }
    }

    /** Requests a page again while it contains an object that is still being written. */
    private ListObjectsV2Response page(ListObjectsV2Request request) {
        RetryPolicy.Attempts attempts = UNFINISHED.begin(prefix.uri() + " cannot be listed: interrupted");
        while (true) {
            ListObjectsV2Response page = client.listObjectsV2(request);
            checkListing(page);
            page.contents().forEach(this::check);
            if (page.contents().stream().allMatch(object -> object.size() != null && object.eTag() != null)) {
                return page;
            }
            if (!attempts.fail()) {
                throw refused("the service lists an object without size or ETag");
            }
            attempts.pause();
        }
    }

    /** The client takes any body of a status 2xx, even none, for a page without an object. */
    private void checkListing(ListObjectsV2Response page) {
        if (page.name() == null
                && page.keyCount() == null
                && page.isTruncated() == null
                && page.contents().isEmpty()) {
            throw refused("the service's response is no listing");
        }
    }

    private void check(S3Object object) {
        if (object.key() == null || !object.key().startsWith(prefix.key())) {
            throw refused("the service lists an object that is not below this prefix");
        }
        if (object.size() != null && object.size() < 0) {
            throw refused("the service lists an object with a negative size");
        }
    }

    /** Some services ignore the delimiter of a request. */
    private boolean isFlat(S3Object object) {
        return object.key().indexOf('/', prefix.key().length()) < 0;
    }

    /** Returns the token of the next page, or null after the last one. */
    private @Nullable String next(@Nullable Boolean isTruncated, @Nullable String next, @Nullable String token) {
        if (!Boolean.TRUE.equals(isTruncated)) {
            return null;
        }
        if (next == null || next.isEmpty()) {
            throw refused("the service announces another page and does not name it");
        }
        if (next.equals(token)) {
            throw refused("the service gives the same page again and again");
        }
        return next;
    }

    private JobFailedException refused(String why) {
        return new JobFailedException(code, prefix.uri() + " cannot be listed: " + why);
    }

    /** Aborts the unfinished uploads of killed writers; throws {@link SdkException} if the service refuses a request. */
    void abortUploads() {
        ListMultipartUploadsRequest request = ListMultipartUploadsRequest.builder()
                .bucket(prefix.bucket())
                .prefix(prefix.key())
                .build();
        List<MultipartUpload> uploads = new ArrayList<>();
        String key = null;
        do {
            ListMultipartUploadsResponse page = client.listMultipartUploads(request);
            uploads.addAll(page.uploads());
            if (uploads.size() > MAX_UPLOADS) {
                throw refused(String.format(Locale.ROOT, "it has more than %,d unfinished uploads", MAX_UPLOADS));
            }
            key = next(page.isTruncated(), page.nextKeyMarker(), key);
            request = request.toBuilder()
                    .keyMarker(key)
                    .uploadIdMarker(page.nextUploadIdMarker())
                    .build();
        } while (key != null);
        uploads.stream()
                .filter(upload -> upload.uploadId() != null
                        && upload.key() != null
                        && upload.key().startsWith(prefix.key()))
                .forEach(upload -> client.abortMultipartUpload(
                        abort -> abort.bucket(prefix.bucket()).key(upload.key()).uploadId(upload.uploadId())));
    }
}
