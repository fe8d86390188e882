package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;

/** Converts responses of the API server to problems, with its own messages. */
final class ApiProblems {
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int MAX_STATUS = 599;

    private ApiProblems() {}

    /** Returns the problem for {@code failure}. */
    static ProblemException of(KubernetesClientException failure) {
        return new ProblemException(type(failure.getCode()), detail(failure), causes(failure));
    }

    private static ProblemType type(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_BAD_REQUEST -> ProblemType.BAD_REQUEST;
            case HttpURLConnection.HTTP_UNAUTHORIZED -> ProblemType.UNAUTHORIZED;
            case HttpURLConnection.HTTP_FORBIDDEN -> ProblemType.FORBIDDEN;
            case HttpURLConnection.HTTP_NOT_FOUND -> ProblemType.NOT_FOUND;
            case HttpURLConnection.HTTP_CONFLICT -> ProblemType.CONFLICT;
            case HttpURLConnection.HTTP_GONE -> ProblemType.LIST_EXPIRED;
            case TOO_LARGE -> ProblemType.TOO_LARGE;
            case UNPROCESSABLE -> ProblemType.INVALID;
            case TOO_MANY -> ProblemType.TOO_MANY;
            default -> ProblemType.UNAVAILABLE;
        };
    }

    private static String detail(KubernetesClientException failure) {
        Status status = failure.getStatus();
        int code = failure.getCode();
        if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return "the API server does not accept the token, which may have expired or been revoked; get a new one";
        }
        if (status != null
                && status.getMessage() != null
                && !status.getMessage().isBlank()) {
            return status.getMessage();
        }
        return code >= HttpURLConnection.HTTP_BAD_REQUEST && code <= MAX_STATUS
                ? "the API server has refused the request (HTTP " + code + ")"
                : "the API server does not respond; try again later";
    }

    private static List<ProblemDetail> causes(KubernetesClientException failure) {
        Status status = failure.getStatus();
        if (status == null || status.getDetails() == null || status.getDetails().getCauses() == null) {
            return List.of();
        }
        return status.getDetails().getCauses().stream().map(ApiProblems::detail).toList();
    }

    private static ProblemDetail detail(StatusCause cause) {
        return ProblemDetail.ofField(
                Objects.requireNonNullElse(cause.getField(), ""), Objects.requireNonNullElse(cause.getMessage(), ""));
    }
}
