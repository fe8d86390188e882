package io.filejob.service.upload;

import io.filejob.service.ServiceSettings;
import io.filejob.service.ServiceSettings.HostKind;
import io.filejob.spec.S3Spec;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.S3Limits;
import io.filejob.storage.s3.S3Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** The storage of results that the settings name. The environment has the credentials of the service. */
@Singleton
final class ServiceResults {
    private static final String NOTES = "result-notes";

    private final ResultStore store;

    @Inject
    ServiceResults(ServiceSettings settings) {
        this.store = of(settings);
    }

    ResultStore store() {
        return store;
    }

    private static ResultStore of(ServiceSettings settings) {
        String root = settings.results().orElse("");
        if (root.startsWith("s3:")) {
            S3Spec access = new S3Spec(
                    settings.s3().endpoint().orElse(null),
                    settings.s3().region().orElse(null),
                    settings.s3().pathStyle(),
                    null,
                    null);
            return new BucketResultStore(
                    S3Settings.client(access, Secrets.NONE, S3Limits.DEFAULT), root.endsWith("/") ? root : root + "/");
        }
        boolean hasClaim = settings.host() == HostKind.CLUSTER
                && settings.cluster().claim().isPresent();
        if (!root.isEmpty() || !hasClaim) {
            return ResultStore.NONE;
        }
        Path folder = settings.cluster().claimFolder();
        return new FolderResultStore(folder + "/results/", folder.resolve("results"), folder.resolve(NOTES));
    }
}
