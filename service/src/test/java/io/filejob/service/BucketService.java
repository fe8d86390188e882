package io.filejob.service;

import io.filejob.testing.s3.S3Server;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Starts the service of a test with uploads in a bucket, which clients reach by another name of its host than the service,
 * and so at another origin. Pages of this machine may send objects there.
 */
public final class BucketService implements QuarkusTestResourceLifecycleManager {
    /** The bucket. */
    public static final String BUCKET = "files";

    /** The prefix of uploads. */
    public static final String PREFIX = "uploads/";

    private static final String BUCKET_KEY = "bucket-service";
    private static final String KEY = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";
    private static final String PAGES = "http://(127\\.0\\.0\\.1|localhost):[0-9]+";

    private static final String ENDPOINT = "filejob.service.s3.endpoint";
    private static final String PUBLIC_ENDPOINT = "filejob.service.s3.public-endpoint";

    private Map<String, String> others = Map.of();
    private @Nullable S3Server server;

    /** Returns the URL at which the service reaches the storage. */
    public static String endpoint() {
        return ConfigProvider.getConfig().getValue(ENDPOINT, String.class);
    }

    /** Returns the URL at which clients reach the storage. */
    public static String publicEndpoint() {
        return ConfigProvider.getConfig().getValue(PUBLIC_ENDPOINT, String.class);
    }

    @Override
    public void init(Map<String, String> settings) {
        others = settings;
    }

    @Override
    public Map<String, String> start() {
        S3Server started = server();
        server = started;
        started.bucket(BUCKET);
        // The properties are those of the whole JVM: no other server may accept them.
        String secret = UUID.randomUUID().toString();
        started.admit(BUCKET_KEY, secret);
        System.setProperty(KEY, BUCKET_KEY);
        System.setProperty(SECRET, secret);
        Map<String, String> settings = new HashMap<>(Map.of(
                "filejob.service.uploads",
                "s3://" + BUCKET + "/" + PREFIX,
                ENDPOINT,
                started.endpoint(),
                PUBLIC_ENDPOINT,
                started.endpoint().replace("127.0.0.1", "localhost"),
                "filejob.service.s3.region",
                S3Server.REGION,
                "filejob.service.s3.path-style",
                "true",
                "filejob.service.sweep-interval",
                "PT0.1S"));
        settings.putAll(others);
        LocalService local = new LocalService();
        local.init(settings);
        return local.start();
    }

    private static S3Server server() {
        try {
            return S3Server.forPages(Files.createTempDirectory("filejob-bucket-"), PAGES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        System.clearProperty(KEY);
        System.clearProperty(SECRET);
        Objects.requireNonNull(server).close();
    }
}
