package io.filejob.service.rest;

import io.filejob.service.ServiceSettings;
import io.filejob.service.job.Caller;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.RepeatedCheck;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.upload.Upload;
import io.filejob.service.upload.UploadStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The uploads of a caller, who sees no others.
 *
 * @param store the store of all uploads
 * @param owner the name of the caller
 */
record UploadsOf(UploadStore store, String owner) {
    /** The parameter with the namespace of the jobs that will read an upload. */
    static final String NAMESPACE = "namespace";

    /** Checks that the caller may create jobs, and so store files, in the namespace, or else in the default one. */
    static void authorize(JobHost host, Caller caller, @Nullable String namespace) {
        host.jobs(caller).authorizeUpload(namespace == null ? host.defaultNamespace() : namespace);
    }

    /** Returns the check of a caller during a request that stores a file for jobs of the namespace. */
    static RepeatedCheck repeatedCheck(
            JobHost host, Caller caller, @Nullable String namespace, ServiceSettings settings) {
        return new RepeatedCheck(() -> authorize(host, caller, namespace), settings.accessCheck());
    }

    static UploadsOf caller(UploadStore store, Caller caller) {
        return new UploadsOf(store, caller.name());
    }

    /**
     * Returns an upload; throws {@link ProblemException} if it does not exist or belongs to another caller (404), or has
     * expired (410).
     */
    Upload require(String id) {
        Upload upload = store.find(id)
                .filter(found -> found.owner().equals(owner))
                .orElseThrow(
                        () -> store.ownerOfExpired(id).filter(owner::equals).isPresent() ? expired() : missing());
        if (upload.isExpired(Instant.now())) {
            throw expired();
        }
        return upload;
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no file or upload of this identity");
    }

    private static ProblemException expired() {
        return new ProblemException(ProblemType.FILE_EXPIRED, "the file or upload has expired; upload it again");
    }

    /** Returns a complete upload; fails (409) if bytes are missing. */
    Upload requireComplete(String id) {
        Upload upload = require(id);
        if (!upload.isComplete()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the upload is not complete (" + upload.bytes() + " bytes); continue it first");
        }
        return upload;
    }

    /** Returns all uploads, the newest first. */
    List<Upload> list() {
        Instant now = Instant.now();
        return store.list().stream()
                .filter(upload -> upload.owner().equals(owner) && !upload.isExpired(now))
                .sorted(Comparator.comparing(Upload::created).reversed())
                .toList();
    }
}
