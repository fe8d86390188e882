package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleWithWebIdentityCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.IdpCommunicationErrorException;

/**
 * Credentials from STS for a web identity token in a file; token file and role are named by the environment. The file
 * is read for each session. Throws {@link JobFailedException} if no session can be obtained, with {@link ExitCode#UNAVAILABLE}
 * if a retry may help.
 */
final class WebIdentity implements AwsCredentialsProvider {
    private static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
    private static final String ROLE = "AWS_ROLE_ARN";
    private static final String SESSION_NAME = "AWS_ROLE_SESSION_NAME";

    private final Path file;
    private final String role;
    private final String sessionName;
    private final AwsCredentialsProvider sessions;

    /** Creates credentials for an {@code environment} that {@link #isIn} accepts; takes ownership of {@code sts}. */
    WebIdentity(Map<String, String> environment, StsClient sts) {
        file = Path.of(Objects.requireNonNull(environment.get(TOKEN_FILE)).strip());
        role = Objects.requireNonNull(environment.get(ROLE)).strip();
        sessionName = environment.getOrDefault(SESSION_NAME, "filejob");
        sessions = StsAssumeRoleWithWebIdentityCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(this::request)
                .build();
    }

    /** Returns whether {@code environment} configures a web identity; access keys in it take precedence. */
    static boolean isIn(Map<String, String> environment) {
        return environment.containsKey(TOKEN_FILE)
                && environment.containsKey(ROLE)
                && !environment.containsKey("AWS_ACCESS_KEY_ID");
    }

    private AssumeRoleWithWebIdentityRequest request() {
        try {
            return AssumeRoleWithWebIdentityRequest.builder()
                    .roleArn(role)
                    .roleSessionName(sessionName)
                    .webIdentityToken(
                            Files.readString(file, StandardCharsets.UTF_8).strip())
                    .build();
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.CREDENTIALS_REFUSED, TOKEN_FILE + ": the token cannot be read: " + IoReason.of(e), e);
        }
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return sessions.resolveCredentials();
        } catch (SdkException e) {
            // STS cannot reach the issuer of the token.
            ExitCode code =
                    e instanceof IdpCommunicationErrorException ? ExitCode.UNAVAILABLE : ExitCode.CREDENTIALS_REFUSED;
            throw S3Errors.failure(e, code, "STS gives no session for the token in " + file);
        }
    }
}
