package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Requests to object storage; failures become problems. */
final class S3Requests {
    private static final Logger LOG = Logger.getLogger(S3Requests.class);
    private static final int NOT_FOUND = 404;
    /** The codes with which S3 refuses to join parts that are not the ones of the request. */
    private static final Set<String> CHANGED = Set.of("NoSuchUpload", "InvalidPart");

    private S3Requests() {}

    static <T> T send(Supplier<T> requests) {
        try {
            return requests.get();
        } catch (SdkException e) {
            if (e instanceof S3Exception refused && CHANGED.contains(code(refused))) {
                throw UploadProblems.changed();
            }
            LOG.error("the object storage of uploads refuses a request", e);
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "the object storage of uploads does not accept requests; try again later");
        }
    }

    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
    }

    /** Returns the result of a request; empty if the object does not exist. */
    static <T> Optional<T> find(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
