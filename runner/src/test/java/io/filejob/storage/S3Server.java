package io.filejob.storage;

import io.filejob.model.S3Spec;
import io.filejob.model.SecretReference;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A real server that speaks S3, on this machine's loopback, with its buckets in a folder. It checks signatures. */
public final class S3Server implements AutoCloseable {
    /** The one access key. */
    public static final String ACCESS_KEY = "test-access-key";
    /** Its secret. */
    public static final String SECRET_KEY = "test-secret-key";
    /** The name of the Secret that {@link #spec} refers to. */
    public static final String SECRET = "s3";

    private final S3Proxy proxy;
    private final Path secret;
    private final S3Client client;

    /** Starts one on a free port; {@code folder}, which is its own, must be there. */
    public S3Server(Path folder) {
        this(folder, 0);
    }

    private S3Server(Path folder, int port) {
        try {
            Path buckets = Files.createDirectory(folder.resolve("buckets"));
            secret = Files.writeString(
                    folder.resolve("s3.env"),
                    "AWS_ACCESS_KEY_ID=" + ACCESS_KEY + "\nAWS_SECRET_ACCESS_KEY=" + SECRET_KEY + "\n");
            proxy = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(buckets.toString()))
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                    .ignoreUnknownHeaders(true)
                    .build();
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not start", e);
        }
        client = S3Settings.client(spec(), secrets());
    }

    /** Runs one until it is killed: {@code S3Server FOLDER PORT}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (S3Server server = new S3Server(folder, Integer.parseInt(arguments[1]))) {
            System.out.println(server.endpoint());
            Thread.currentThread().join();
        }
    }

    /** Its URL. */
    public String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** How it is reached. */
    public S3Spec spec() {
        return new S3Spec(endpoint(), "eu-west-1", true, new SecretReference(SECRET), null);
    }

    /** {@link #spec} as in a manifest, in one line. */
    public String yaml() {
        return "s3: {endpoint: \"%s\", region: eu-west-1, pathStyle: true, credentialsSecret: {name: %s}}"
                .formatted(endpoint(), SECRET);
    }

    /** The value of {@code --secret} for it. */
    public String secretOption() {
        return SECRET + "=" + secret;
    }

    /** With the Secret that {@link #spec} refers to. */
    public Secrets secrets() {
        return Secrets.of(java.util.List.of(secretOption()));
    }

    /** Places that it is one of; relative ones are below {@code base}. */
    public Places places(Path base) {
        return Places.of(new TestSpec("{files: [\"s3://bucket/key\"]}").spec(", " + yaml()), base, secrets(), Mounts.NONE);
    }

    /** A client of it. */
    public S3Client client() {
        return client;
    }

    /** Makes a bucket. */
    public void bucket(String name) {
        client.createBucket(request -> request.bucket(name));
    }

    /** Makes or replaces an object. */
    public void put(String bucket, String key, byte[] content) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** What an object holds. */
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
