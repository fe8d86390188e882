package io.filejob.service.upload;

import io.filejob.api.FileJob;
import io.filejob.service.job.Caller;
import io.filejob.service.job.FileReferences;
import io.filejob.value.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Renews the uploads that a job is going to read, and the results that it is going to write, before it begins. So they
 * exist at least for a time to live after that, and the sweeper does not delete one of them between its look at the jobs and
 * the creation of this one. Thread-safe.
 */
@Singleton
public final class FileRenewal {
    private final UploadStore uploads;
    private final ResultStore results;

    @Inject
    FileRenewal(UploadStore uploads, ServiceResults results) {
        this(uploads, results.store());
    }

    FileRenewal(UploadStore uploads, ResultStore results) {
        this.uploads = uploads;
        this.results = results;
    }

    /** Renews the uploads of {@code caller} and the results of the service that {@code job} names. */
    public void renew(FileJob job, Caller caller) {
        String spec = Json.tree(job.spec()).toString();
        for (String id : FileReferences.in(job.spec())) {
            uploads.find(id)
                    .filter(upload -> upload.owner().equals(caller.name()))
                    .ifPresent(upload -> uploads.renew(upload.id()));
            if (!results.root().isEmpty() && spec.contains(results.root() + id + "/")) {
                results.renew(id);
            }
        }
    }
}
