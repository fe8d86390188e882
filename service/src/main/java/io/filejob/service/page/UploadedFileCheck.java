package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.service.job.Caller;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.template.TemplateCheck;
import io.filejob.service.upload.Upload;
import io.filejob.service.upload.UploadStore;
import io.filejob.storage.Storage;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the file that a form has uploaded, as requests with a template do, before its job is created. Thread-safe. */
@Singleton
final class UploadedFileCheck {
    private static final Pattern IDENTITY = Pattern.compile("/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/");

    private final UploadStore store;

    UploadedFileCheck(UploadStore store) {
        this.store = store;
    }

    /** Returns the problems of the input of {@code job}; none if it is not a complete upload of {@code caller}. */
    List<ProblemDetail> problems(FileJob job, Caller caller) {
        List<String> files = job.spec().input().files();
        if (files == null
                || files.size() != 1
                || upload(files.getFirst(), caller).isEmpty()) {
            return List.of();
        }
        try (Storage storage = store.storage()) {
            TemplateCheck.check(job, storage);
            return List.of();
        } catch (ProblemException e) {
            if (e.type() != ProblemType.INVALID) {
                throw e;
            }
            List<ProblemDetail> details = e.response("").errors();
            return details.isEmpty() ? List.of(ProblemDetail.ofField("", String.valueOf(e.getMessage()))) : details;
        }
    }

    private Optional<Upload> upload(String uri, Caller caller) {
        Matcher identity = IDENTITY.matcher(uri);
        return identity.find()
                ? store.find(identity.group(1))
                        .filter(upload -> upload.isComplete()
                                && upload.owner().equals(caller.name())
                                && upload.uri().equals(uri))
                : Optional.empty();
    }
}
