package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.security.PemTrustStore;
import io.filejob.spec.S3Spec;
import io.filejob.spec.SecretReference;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.remote.QuietLibraries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.IdpCommunicationErrorException;

/** Creates clients according to {@code spec.s3}, or to the environment where the spec has no setting. */
public final class S3Settings {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);

    static {
        QuietLibraries.quiet();
    }

    private S3Settings() {}

    /** Returns a client that retries temporary failures, with jitter. */
    public static S3Client client(@Nullable S3Spec spec, Secrets secrets, S3Limits limits) {
        UrlConnectionHttpClient.Builder http =
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(limits.silence());
        if (spec != null && spec.caSecret() != null) {
            TrustManager[] trusted = trusted(spec.caSecret().name(), secrets);
            http.tlsTrustManagersProvider(() -> trusted);
        }
        Region region = region(spec);
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(http)
                .region(region)
                .credentialsProvider(credentials(spec, secrets, region, http, limits))
                // Many S3-compatible services support the newer checksums incompletely or not at all.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(requests -> bound(requests, retries(limits), limits)
                        .addExecutionInterceptor(new S3ResponseLimit())
                        .addExecutionInterceptor(new S3RetryCount()));
        if (spec != null) {
            client.forcePathStyle(spec.pathStyle());
            if (spec.endpoint() != null) {
                client.endpointOverride(endpoint(spec.endpoint()));
            }
        }
        return S3Responses.checked(client.build());
    }

    /** Returns a signer of URLs, which sends requests only for the credentials of a web identity. */
    static S3Presigner presigner(@Nullable S3Spec spec, Secrets secrets) {
        Region region = region(spec);
        S3Limits limits = S3Limits.DEFAULT;
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(region)
                .credentialsProvider(credentials(spec, secrets, region, UrlConnectionHttpClient.builder(), limits));
        if (spec != null) {
            presigner.serviceConfiguration(S3Configuration.builder()
                    .pathStyleAccessEnabled(spec.pathStyle())
                    .build());
            if (spec.endpoint() != null) {
                presigner.endpointOverride(endpoint(spec.endpoint()));
            }
        }
        return presigner.build();
    }

    /** Returns the URL of an object, without a signature and without a need for credentials. */
    static URI url(S3Spec spec, S3Location object) {
        try {
            return S3Utilities.builder()
                    .region(region(spec))
                    .s3Configuration(S3Configuration.builder()
                            .pathStyleAccessEnabled(spec.pathStyle())
                            .build())
                    .build()
                    .getUrl(request -> request.bucket(object.bucket())
                            .key(object.key())
                            .endpoint(spec.endpoint() == null ? null : endpoint(spec.endpoint())))
                    .toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Credentials of a Secret are read at each request, since it may be renewed while a job runs. */
    private static AwsCredentialsProvider credentials(
            @Nullable S3Spec spec,
            Secrets secrets,
            Region region,
            UrlConnectionHttpClient.Builder http,
            S3Limits limits) {
        SecretReference secret = spec == null ? null : spec.credentialsSecret();
        return secret != null && secrets.has(secret.name())
                ? () -> credentials(secret.name(), secrets)
                : ofEnvironment(region, http, limits);
    }

    /**
     * Returns the web identity if the environment configures it; the SDK's own chain would treat a silent STS as a
     * refusal.
     */
    private static AwsCredentialsProvider ofEnvironment(
            Region region, UrlConnectionHttpClient.Builder http, S3Limits limits) {
        return WebIdentity.isIn(System.getenv())
                ? new WebIdentity(
                        System.getenv(),
                        StsClient.builder()
                                .httpClientBuilder(http)
                                .region(region)
                                .credentialsProvider(AnonymousCredentialsProvider.create())
                                .overrideConfiguration(requests -> bound(
                                        requests,
                                        retries(limits).retryOnException(IdpCommunicationErrorException.class),
                                        limits))
                                .build())
                : DefaultCredentialsProvider.builder().build();
    }

    private static ClientOverrideConfiguration.Builder bound(
            ClientOverrideConfiguration.Builder requests, StandardRetryStrategy.Builder retries, S3Limits limits) {
        return requests.apiCallAttemptTimeout(limits.attempt())
                .apiCallTimeout(limits.call())
                .retryStrategy(retries.build());
    }

    private static StandardRetryStrategy.Builder retries(S3Limits limits) {
        return StandardRetryStrategy.builder()
                .maxAttempts(ATTEMPTS)
                .backoffStrategy(BackoffStrategy.exponentialDelay(
                        FIRST_BACKOFF.compareTo(limits.backoff()) < 0 ? FIRST_BACKOFF : limits.backoff(),
                        limits.backoff()));
    }

    private static Region region(@Nullable S3Spec spec) {
        return Stream.of(
                        spec == null ? null : spec.region(),
                        System.getenv("AWS_REGION"),
                        System.getenv("AWS_DEFAULT_REGION"))
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .map(Region::of)
                .orElse(Region.US_EAST_1);
    }

    private static URI endpoint(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw badEndpoint(text, e);
        }
        throw badEndpoint(text, null);
    }

    private static JobFailedException badEndpoint(String text, @Nullable Exception cause) {
        String message = "spec.s3.endpoint: \"" + text + "\" is not the URL of a service: write http:// or https://, a"
                + " host, and perhaps a port";
        return cause == null
                ? new JobFailedException(ExitCode.BAD_MANIFEST, message)
                : new JobFailedException(ExitCode.BAD_MANIFEST, message, cause);
    }

    private static AwsCredentials credentials(String secret, Secrets secrets) {
        String id = secrets.require(secret, "AWS_ACCESS_KEY_ID");
        String key = secrets.require(secret, "AWS_SECRET_ACCESS_KEY");
        Optional<String> token = secrets.find(secret, "AWS_SESSION_TOKEN");
        return token.isPresent()
                ? AwsSessionCredentials.create(id, key, token.get())
                : AwsBasicCredentials.create(id, key);
    }

    private static TrustManager[] trusted(String secret, Secrets secrets) {
        byte[] pem = secrets.require(secret, "ca.crt").getBytes(StandardCharsets.UTF_8);
        try {
            return PemTrustStore.trustManagers(new ByteArrayInputStream(pem));
        } catch (GeneralSecurityException | IOException e) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "Secret " + secret + " has no certificates in PEM at ca.crt: " + e.getMessage(),
                    e);
        }
    }
}
