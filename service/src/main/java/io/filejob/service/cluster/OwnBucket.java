package io.filejob.service.cluster;

import io.filejob.service.ServiceSettings;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.S3Spec;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.PresignedDownload;
import io.filejob.storage.s3.S3Limits;
import io.filejob.storage.s3.S3Object;
import io.filejob.storage.s3.S3Storage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of object storage that belongs to the service, which has credentials of its own for it. Thread-safe. */
final class OwnBucket {
    private final String prefix;
    private final S3Spec access;
    private final @Nullable S3Spec publicAccess;
    private final Secrets secrets;
    private final S3Storage storage;

    /**
     * Creates access to the objects below {@code prefix}, an {@code s3:} URI that ends with a slash.
     *
     * @param access the storage as the service reaches it
     * @param publicAccess the storage as clients reach it; null if they do not
     * @param secrets the Secret that they name, if they do
     */
    OwnBucket(String prefix, S3Spec access, @Nullable S3Spec publicAccess, Secrets secrets) {
        this.prefix = prefix;
        this.access = access;
        this.publicAccess = publicAccess;
        this.secrets = secrets;
        this.storage = new S3Storage(access, secrets, S3Limits.DEFAULT);
    }

    /** Returns access to the location of results, if that is in object storage; null otherwise. */
    static @Nullable OwnBucket of(ServiceSettings settings) {
        String results = settings.results().orElse("");
        if (!results.startsWith("s3:")) {
            return null;
        }
        S3Spec access = access(settings, settings.s3().endpoint().orElse(null));
        return new OwnBucket(
                results.endsWith("/") ? results : results + "/",
                access,
                settings.s3()
                        .publicEndpoint()
                        .map(endpoint -> access(settings, endpoint))
                        .orElse(null),
                Secrets.NONE);
    }

    private static S3Spec access(ServiceSettings settings, @Nullable String endpoint) {
        return new S3Spec(
                endpoint, settings.s3().region().orElse(null), settings.s3().pathStyle(), null, null);
    }

    /** Returns whether a job that accesses storage by {@code s3} means an object of this service by {@code uri}. */
    boolean holds(String uri, @Nullable S3Spec s3) {
        return uri.startsWith(prefix) && Objects.equals(s3 == null ? null : s3.endpoint(), access.endpoint());
    }

    /** Returns the object at {@code uri}, by a URL for the client if it reaches the storage. */
    Content content(String uri, String name) {
        if (publicAccess != null) {
            return new Content.RedirectedContent(
                    name,
                    JobContents.mediaType(name),
                    PresignedDownload.of(uri, name, publicAccess, secrets),
                    () -> read(uri, name));
        }
        return read(uri, name);
    }

    /** Returns the object at {@code uri} as this service reads it. */
    StreamedContent read(String uri, String name) {
        S3Object object = S3Object.find(storage, uri)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, uri + " no longer exists"));
        return new StreamedContent(name, JobContents.mediaType(name), object.size(), object.version(), object::open);
    }
}
