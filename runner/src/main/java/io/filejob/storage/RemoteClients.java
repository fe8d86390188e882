package io.filejob.storage;

import io.filejob.spec.S3Spec;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebClient;
import io.filejob.storage.http.WebLimits;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.S3Limits;
import io.filejob.storage.s3.S3Storage;
import org.jspecify.annotations.Nullable;

/** The clients of object storage and web servers, each created at its first use. Safe to use from any thread. */
final class RemoteClients implements AutoCloseable {
    private final @Nullable S3Spec s3;
    private final Secrets secrets;
    private final HostGuard hosts;
    private @Nullable S3Storage bucket;
    private @Nullable WebClient web;
    private WebLimits webLimits = WebLimits.DEFAULT;
    private S3Limits s3Limits = S3Limits.DEFAULT;

    /** Creates no client yet; {@code hosts} decides which web servers may be reached. */
    RemoteClients(@Nullable S3Spec s3, Secrets secrets, HostGuard hosts) {
        this.s3 = s3;
        this.secrets = secrets;
        this.hosts = hosts;
    }

    /** Returns the rules for web servers that may be reached. */
    HostGuard hosts() {
        return hosts;
    }

    /** Returns the client of object storage. */
    synchronized S3Storage bucket() {
        if (bucket == null) {
            bucket = new S3Storage(s3, secrets, s3Limits);
        }
        return bucket;
    }

    /** Returns the client of web servers. */
    synchronized WebClient web() {
        if (web == null) {
            web = new WebClient(hosts, webLimits);
        }
        return web;
    }

    /** Sets other limits on waits before the first request, for tests. */
    synchronized void limit(WebLimits webLimits, S3Limits s3Limits) {
        this.webLimits = webLimits;
        this.s3Limits = s3Limits;
    }

    /** Closes all connections. */
    @Override
    public synchronized void close() {
        if (bucket != null) {
            bucket.close();
            bucket = null;
        }
        if (web != null) {
            web.close();
            web = null;
        }
    }
}
