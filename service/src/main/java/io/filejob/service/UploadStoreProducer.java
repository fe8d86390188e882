package io.filejob.service;

import io.filejob.service.upload.FolderUploadStore;
import io.filejob.service.upload.S3UploadStore;
import io.filejob.service.upload.UploadStore;
import io.filejob.spec.S3Spec;
import io.filejob.storage.Storage;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.PresignedParts;
import io.filejob.storage.s3.S3Limits;
import io.filejob.storage.s3.S3Location;
import io.filejob.storage.s3.S3Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Creates the store of uploads that the settings name. */
final class UploadStoreProducer {
    private static final Duration URL_LIFE = Duration.ofHours(1);

    @Produces
    @ApplicationScoped
    UploadStore store(ServiceSettings settings) {
        Clock clock = Clock.systemUTC();
        return settings.uploads()
                .<UploadStore>map(prefix -> inBucket(prefix, settings, clock))
                .orElseGet(() -> new FolderUploadStore(
                        settings.local().data().resolve("uploads"), settings.timeToLive(), clock));
    }

    private static UploadStore inBucket(String prefix, ServiceSettings settings, Clock clock) {
        // The environment has the credentials of the service; the Secrets are those of the jobs.
        S3Spec access = access(settings, settings.s3().endpoint().orElse(null));
        return new S3UploadStore(
                S3Settings.client(access, Secrets.NONE, S3Limits.DEFAULT),
                S3Location.ofFolder(prefix),
                () -> Storage.of(access, Path.of("/"), Secrets.NONE),
                settings.s3()
                        .publicEndpoint()
                        .map(endpoint -> new PresignedParts(access(settings, endpoint), Secrets.NONE, URL_LIFE))
                        .orElse(null),
                settings.timeToLive(),
                clock);
    }

    private static S3Spec access(ServiceSettings settings, @Nullable String endpoint) {
        return new S3Spec(
                endpoint, settings.s3().region().orElse(null), settings.s3().pathStyle(), null, null);
    }
}
