package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.FileIdentity;
import io.filejob.value.PercentDecoding;
import java.util.Locale;

/**
 * A location in a bucket.
 *
 * @param bucket the bucket's name
 * @param key a key, a prefix or a pattern; percent-encoded if it comes from {@link #encoded}
 */
public record S3Location(String bucket, String key) {
    private static final int SCHEME = "s3://".length();

    /** Parses an {@code s3://bucket/key} URI and decodes the key. */
    public static S3Location of(String uri) {
        S3Location encoded = encoded(uri);
        return new S3Location(encoded.bucket(), PercentDecoding.decode(encoded.key()));
    }

    /** Parses an {@code s3://bucket/key} URI and keeps the key percent-encoded. */
    static S3Location encoded(String uri) {
        int slash = uri.indexOf('/', SCHEME);
        String bucket = slash < 0 ? uri.substring(SCHEME) : uri.substring(SCHEME, slash);
        if (bucket.isEmpty()) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, uri + " names no bucket: write s3://bucket/key");
        }
        return new S3Location(bucket, slash < 0 ? "" : uri.substring(slash + 1));
    }

    /** Parses the URI of a prefix, with or without a slash at its end; the result has none. */
    public static S3Location ofFolder(String uri) {
        S3Location prefix = of(uri);
        String key = prefix.key();
        return prefix.at(key.endsWith("/") ? key.substring(0, key.length() - 1) : key);
    }

    /** Returns the location {@code other} in the same bucket. */
    S3Location at(String other) {
        return new S3Location(bucket, other);
    }

    /** Returns the identity of the object, whether or not it exists. */
    public FileIdentity identity() {
        return new FileIdentity("s3://" + bucket + "/" + key, null);
    }

    /** Returns the location as a URI, with percent-encoding for characters that have another meaning there. */
    String uri() {
        StringBuilder uri = new StringBuilder("s3://").append(bucket).append('/');
        key.chars().forEach(c -> {
            if (c < ' ' || "%*?[]{}\\".indexOf(c) >= 0) {
                uri.append(String.format(Locale.ROOT, "%%%02X", c));
            } else {
                uri.append((char) c);
            }
        });
        return uri.toString();
    }
}
