package io.filejob.storage.s3;

import io.filejob.failure.Excerpt;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.security.Certificates;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Translates failed requests to an object storage into failures of a job. */
final class S3Errors {
    private static final int REDIRECTED = 301;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;

    /** Maximum length of a quoted text, in characters. */
    private static final int MAX_QUOTE = 300;

    private S3Errors() {}

    /** Returns whether the object or bucket does not exist. */
    static boolean isMissing(SdkException e) {
        return e instanceof S3Exception s3 && s3.statusCode() == NOT_FOUND;
    }

    /** Returns whether the service knows the credentials, and does not allow them this request. */
    static boolean isAccessDenied(S3Exception e) {
        return code(e).equals("AccessDenied");
    }

    /** Returns whether the service does not support the request, or not for this user. */
    static boolean isUnsupported(SdkException e) {
        return e instanceof S3Exception s3
                && (s3.statusCode() == NOT_IMPLEMENTED
                        || s3.statusCode() == NOT_ALLOWED
                        || s3.statusCode() == FORBIDDEN);
    }

    /** Returns whether the object has another version than the requested one. */
    static boolean isChanged(SdkException e) {
        return e instanceof S3Exception s3 && s3.statusCode() == PRECONDITION_FAILED;
    }

    /**
     * Returns the failure for {@code e}. {@code what} is a sentence without its end that describes the failed action
     * and names the object; {@code code} is the exit code for errors of the location itself.
     */
    static JobFailedException failure(SdkException e, ExitCode code, String what) {
        if (e instanceof AbortedException) {
            return new JobFailedException(ExitCode.INTERRUPTED, what + ": interrupted", e);
        }
        if (!(e instanceof AwsServiceException answer)) {
            return noAnswer(e, what);
        }
        String said = said(answer);
        if (answer.statusCode() >= SERVER_ERROR || answer.statusCode() == TOO_MANY) {
            return new JobFailedException(
                    ExitCode.UNAVAILABLE, what + ": the service fails, also when asked again" + said, e);
        }
        return switch (answer.statusCode()) {
            case UNAUTHORIZED, FORBIDDEN -> refused(what, said, e);
            case REDIRECTED ->
                new JobFailedException(
                        ExitCode.BAD_MANIFEST,
                        what + ": the bucket is in another region: set spec.s3.region" + said,
                        e);
            case NOT_FOUND ->
                new JobFailedException(
                        code, what + ": there is no such " + (isBucket(answer) ? "bucket" : "object") + said, e);
            case BAD_REQUEST -> isToken(answer) ? refused(what, said, e) : new JobFailedException(code, what + said, e);
            default -> new JobFailedException(code, what + said, e);
        };
    }

    /**
     * Returns the failure without a response: an untrusted certificate stays wrong, whereas a silent service may
     * respond to a later attempt.
     */
    private static JobFailedException noAnswer(SdkException e, String what) {
        Optional<String> distrust = Certificates.distrust(e);
        if (distrust.isPresent()) {
            return new JobFailedException(ExitCode.CREDENTIALS_REFUSED, what + ": " + distrusted(distrust.get()), e);
        }
        return text(e).toLowerCase(Locale.ROOT).contains("credentials")
                ? new JobFailedException(ExitCode.CREDENTIALS_REFUSED, what + ": " + noCredentials(e), e)
                : new JobFailedException(ExitCode.UNAVAILABLE, what + ": " + silence(e), e);
    }

    private static JobFailedException refused(String what, String said, SdkException e) {
        return new JobFailedException(ExitCode.CREDENTIALS_REFUSED, what + ": the credentials are refused" + said, e);
    }

    private static boolean isBucket(AwsServiceException e) {
        return code(e).equals("NoSuchBucket");
    }

    private static boolean isToken(AwsServiceException e) {
        return code(e).contains("Token");
    }

    private static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** Returns the error code and message of the service, or the status if the response lacks both. */
    private static String said(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String message = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        String both = code(e) + (code(e).isEmpty() || message.isEmpty() ? "" : ", ") + message;
        return " (" + (both.isEmpty() ? "status " + e.statusCode() : Excerpt.of(both, MAX_QUOTE)) + ")";
    }

    private static String noCredentials(SdkException e) {
        return "no credentials are found: name a Secret in spec.s3.credentialsSecret, with --secret NAME=PLACE for it"
                + " in local runs, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (" + firstLine(text(e)) + ")";
    }

    private static String distrusted(String why) {
        return "the service's certificate is not trusted (" + why
                + "): spec.s3.caSecret has to name a Secret with the certificate of its authority at ca.crt, and"
                + " spec.s3.endpoint a host that the certificate is for";
    }

    private static String silence(SdkException e) {
        Throwable cause = first(e);
        boolean isSilence = cause instanceof SdkException || cause instanceof IOException;
        return (isSilence ? "the service does not respond: " : "the response of the service cannot be used: ")
                + cause.getClass().getSimpleName()
                + (cause.getMessage() == null ? "" : ", " + firstLine(cause.getMessage()));
    }

    /** Returns the root cause. */
    private static Throwable first(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String text(SdkException e) {
        return String.valueOf(e.getMessage());
    }

    private static String firstLine(String text) {
        return Excerpt.of(text.lines().findFirst().orElse(""), MAX_QUOTE);
    }
}
