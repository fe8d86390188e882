package io.filejob.e2e;

import io.filejob.testing.s3.WholeObjects;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server, at the address at which pods of the project's own cluster reach this machine. It checks signatures,
 * and stores objects as files in folders.
 */
final class ObjectStorage implements AutoCloseable {
    private static final String ACCESS_KEY = "e2e-access-key";
    private static final String SECRET_KEY = "e2e-secret-key";

    private final Path folder;
    private final S3Proxy proxy;

    private ObjectStorage(Path folder, S3Proxy proxy) {
        this.folder = folder;
        this.proxy = proxy;
    }

    /** Starts a server without buckets. */
    static ObjectStorage start() {
        String address = Cluster.host();
        try {
            Path folder = Files.createTempDirectory("filejob-s3-");
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(new WholeObjects(new FilesystemNio2BlobStore(
                            Files.createDirectory(folder.resolve("buckets")).toString())))
                    .endpoint(URI.create("http://" + address + ":0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                    .ignoreUnknownHeaders(true)
                    .build();
            proxy.start();
            return new ObjectStorage(folder, proxy);
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not start", e);
        }
    }

    String endpoint() {
        return "http://" + Cluster.host() + ":" + proxy.getPort();
    }

    /** Creates {@code bucket} and copies the files in {@code from} to it, with keys that begin with {@code prefix}. */
    void fill(String bucket, String prefix, Path from) throws IOException {
        try (S3Client client = S3Client.builder()
                        .endpointOverride(URI.create(endpoint()))
                        .region(Region.EU_WEST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                        .build();
                Stream<Path> files = Files.list(from)) {
            client.createBucket(request -> request.bucket(bucket));
            for (Path file : files.toList()) {
                client.putObject(request -> request.bucket(bucket).key(prefix + file.getFileName()), file);
            }
        }
    }

    /** Returns the file with the content of {@code key}. */
    Path file(String bucket, String key) {
        return folder.resolve("buckets").resolve(bucket).resolve(key);
    }

    /**
     * Returns the credentials as {@code filejob run --secret NAME=} and {@code kubectl create secret --from-env-file}
     * read them.
     */
    Path secret() throws IOException {
        return Files.writeString(
                folder.resolve("s3.env"),
                "AWS_ACCESS_KEY_ID=" + ACCESS_KEY + "\nAWS_SECRET_ACCESS_KEY=" + SECRET_KEY + "\n");
    }

    @Override
    public void close() {
        try {
            proxy.stop();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not stop", e);
        }
    }
}
