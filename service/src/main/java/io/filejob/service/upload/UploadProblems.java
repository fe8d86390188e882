package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;

/** Problems of uploads. */
final class UploadProblems {
    private UploadProblems() {}

    static ProblemException missing() {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no upload of this identity");
    }

    static ProblemException expired() {
        return new ProblemException(ProblemType.FILE_EXPIRED, "the file or upload has expired; upload it again");
    }

    /** Returns the problem of a resumable request for an upload whose parts its client sends to the storage. */
    static ProblemException inParts() {
        return new ProblemException(
                ProblemType.CONFLICT,
                "the parts of the upload are sent to the object storage; see /api/v1/multipart-uploads");
    }

    /** Refuses to write to {@code upload} from another offset than its end. */
    static void checkOffset(Upload upload, long offset) {
        if (upload.isComplete()) {
            throw new ProblemException(ProblemType.CONFLICT, "the upload is complete");
        }
        checkOffset(upload.bytes(), offset);
    }

    /** Refuses to write from another offset than {@code end}, the number of bytes of an upload. */
    static void checkOffset(long end, long offset) {
        if (end != offset) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Upload-Offset: not the end of the upload (" + offset + "); continue at " + end);
        }
    }

    /** Returns the problem of an upload that another process has completed, written to or deleted meanwhile. */
    static ProblemException changed() {
        return new ProblemException(
                ProblemType.CONFLICT, "another request has changed or deleted the upload; look at its state");
    }
}
