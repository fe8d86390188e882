package io.filejob.service.upload;

import io.filejob.api.FileJob;
import io.filejob.service.job.Caller;
import io.filejob.service.job.FileReferences;
import jakarta.inject.Singleton;

/**
 * Renews the uploads that a job is going to read, before it begins. So they exist at least for a time to live after that,
 * and the sweeper does not delete one of them between its look at the jobs and the creation of this one. Thread-safe.
 */
@Singleton
public final class UploadRenewal {
    private final UploadStore store;

    UploadRenewal(UploadStore store) {
        this.store = store;
    }

    /** Renews the uploads of {@code caller} that {@code job} names. */
    public void renew(FileJob job, Caller caller) {
        for (String id : FileReferences.in(job.spec())) {
            store.find(id)
                    .filter(upload -> upload.owner().equals(caller.name()))
                    .ifPresent(upload -> store.renew(upload.id()));
        }
    }
}
