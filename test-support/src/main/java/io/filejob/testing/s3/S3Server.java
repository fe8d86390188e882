package io.filejob.testing.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3-compatible server on this machine's loopback, with its buckets in a folder. It checks signatures. */
public final class S3Server implements AutoCloseable {
    /** The access key that the server accepts from the start. */
    public static final String ACCESS_KEY = "test-access-key";
    /** The secret of {@link #ACCESS_KEY}. */
    public static final String SECRET_KEY = "test-secret-key";
    /** The name of the Secret that {@link #yaml} refers to. */
    public static final String SECRET = "s3";

    /** The region of its signatures. */
    public static final String REGION = "eu-west-1";

    private final Map<String, String> keys = new ConcurrentHashMap<>(Map.of(ACCESS_KEY, SECRET_KEY));
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int lastAccepted = Integer.MAX_VALUE;

    private final S3Proxy proxy;
    private final Path secret;
    private final S3Client client;

    /** Starts a server on a free port; {@code folder} must exist and belongs to the server. */
    public S3Server(Path folder) {
        this(folder, 0, null, CrossOriginResourceSharing.disabled());
    }

    /** Starts a server as {@link #S3Server(Path)} does, and on another free port with TLS. */
    public S3Server(Path folder, SSLContext tls) {
        this(folder, 0, tls, CrossOriginResourceSharing.disabled());
    }

    /**
     * Starts a server to which pages of other origins may send objects, and whose entity tags they may read.
     *
     * @param origins a regular expression of these origins
     */
    public static S3Server forPages(Path folder, String origins) {
        return new S3Server(
                folder,
                0,
                null,
                new CrossOriginResourceSharing(List.of(origins), List.of("PUT"), List.of(), List.of("ETag"), ""));
    }

    private S3Server(Path folder, int port, @Nullable SSLContext tls, CrossOriginResourceSharing pages) {
        try {
            Path buckets = Files.createDirectory(folder.resolve("buckets"));
            secret = Files.writeString(
                    folder.resolve("s3.env"),
                    "AWS_ACCESS_KEY_ID=" + ACCESS_KEY + "\nAWS_SECRET_ACCESS_KEY=" + SECRET_KEY + "\n");
            BlobStore store = new WholeObjects(new FilesystemNio2BlobStore(buckets.toString()));
            S3Proxy.Builder builder = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                    .corsRules(pages)
                    .ignoreUnknownHeaders(true);
            if (tls != null) {
                builder.secureEndpoint(URI.create("https://127.0.0.1:0")).sslContext(tls);
            }
            proxy = builder.build();
            proxy.setBlobStoreLocator((accessKey, _, _) -> {
                boolean isRefused = requests.incrementAndGet() > lastAccepted;
                String secretKey = accessKey == null || isRefused ? null : keys.get(accessKey);
                return secretKey == null ? null : new AccessGrant(secretKey, store);
            });
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not start", e);
        }
        client = client(endpoint());
    }

    /** Returns a client of the server at {@code endpoint}. */
    public static S3Client client(String endpoint) {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create(endpoint))
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    /** Runs a server until it is killed: {@code S3Server FOLDER PORT}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (S3Server server =
                new S3Server(folder, Integer.parseInt(arguments[1]), null, CrossOriginResourceSharing.disabled())) {
            System.out.println(server.endpoint());
            Thread.currentThread().join();
        }
    }

    /** Returns its URL. */
    public String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** Returns its URL with TLS. */
    public String secureEndpoint() {
        return "https://127.0.0.1:" + proxy.getSecurePort();
    }

    /** Accepts another access key from now on. */
    public void admit(String accessKey, String secretKey) {
        keys.put(accessKey, secretKey);
    }

    /** Accepts {@code count} more requests, and then refuses all access keys. */
    public void refuseAfter(int count) {
        lastAccepted = requests.get() + count;
    }

    /** Returns the number of requests so far. */
    public int requests() {
        return requests.get();
    }

    /** Returns the settings to reach it, as one line of a manifest. */
    public String yaml() {
        return "s3: {endpoint: \"%s\", region: %s, pathStyle: true, credentialsSecret: {name: %s}}"
                .formatted(endpoint(), REGION, SECRET);
    }

    /** Returns the value of {@code --secret} for it. */
    public String secretOption() {
        return SECRET + "=" + secret;
    }

    /** Returns a client of it. */
    public S3Client client() {
        return client;
    }

    /** Creates a bucket. */
    public void bucket(String name) {
        client.createBucket(request -> request.bucket(name));
    }

    /** Creates or replaces an object. */
    public void put(String bucket, String key, byte[] content) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** Returns the content of an object. */
    public byte[] get(String bucket, String key) {
        return client.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asByteArray();
    }

    @Override
    public void close() {
        client.close();
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not stop", e);
        }
    }
}
