package io.filejob.storage.http;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.remote.QuietLibraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP and HTTPS client for hosts that a {@link HostGuard} allows. The guard looks up a name once for each connection,
 * and the client connects to the resulting address; redirects are not followed. Safe to use from any thread.
 */
public final class WebClient implements AutoCloseable {
    /** Limits on the head of a response; without them, an endless one would fill the heap. */
    private static final int MAX_HEADERS = 1000;

    private static final int MAX_LINE = 64 << 10;

    static {
        QuietLibraries.quiet();
    }

    private final HostGuard guard;
    private final WebLimits limits;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService timers;

    /** Creates a client that connects only to addresses that {@code guard} allows, and trusts the JDK's authorities. */
    public WebClient(HostGuard guard, WebLimits limits) {
        this(guard, limits, null);
    }

    /** Creates a client whose TLS connections use {@code tls}; if it is null, the JDK's default. */
    public WebClient(HostGuard guard, WebLimits limits, @Nullable SSLContext tls) {
        this.guard = guard;
        this.limits = limits;
        this.timers = timers();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(tls == null ? null : new DefaultClientTlsStrategy(tls))
                        .setDnsResolver(new GuardedNames(guard))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxHeaderCount(MAX_HEADERS)
                                        .setMaxLineLength(MAX_LINE)
                                        .build())
                                .build())
                        .setMaxConnPerRoute(limits.connections())
                        .setMaxConnTotal(limits.connections())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(limits.connect()))
                                .setSocketTimeout(Timeout.of(limits.silence()))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(limits.silence()))
                        .build())
                .setUserAgent("filejob")
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
    }

    private static ScheduledExecutorService timers() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("http-timer").factory());
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    /**
     * Sends one GET and returns it with the response; throws {@link AddressRefusedException} for a host that is not
     * allowed.
     */
    WebExchange get(URI uri, Map<String, String> headers) throws IOException {
        return get(uri, headers, null);
    }

    /** Sends a GET as {@link #get(URI, Map)} does; its response, with the body, takes at most {@code total}, if not null. */
    public WebExchange get(URI uri, Map<String, String> headers, @Nullable Duration total) throws IOException {
        HttpGet request = new HttpGet(uri);
        // A compressed response would have other lengths and offsets.
        request.setHeader("Accept-Encoding", "identity");
        return send(uri, request, headers, total);
    }

    /** Sends one POST of JSON and returns it with the response, as {@link #get} does. */
    WebExchange post(URI uri, Map<String, String> headers, byte[] json) throws IOException {
        HttpPost request = new HttpPost(uri);
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        return send(uri, request, headers, null);
    }

    private WebExchange send(URI uri, HttpUriRequestBase request, Map<String, String> headers, @Nullable Duration total)
            throws IOException {
        guard.check(uri);
        headers.forEach(request::setHeader);
        HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        return WebExchange.begin(
                request, limits, total, timers, sent -> client.executeOpen(host, sent, HttpClientContext.create()));
    }

    /** Returns the limits of all requests. */
    WebLimits limits() {
        return limits;
    }

    /** Returns the failure for an input {@code uri} with an address that is not allowed. */
    static JobFailedException refused(String uri, AddressRefusedException why) {
        return new JobFailedException(
                ExitCode.NO_INPUT, "input " + uri + " cannot be read: AddressRefused: " + why.getMessage(), why);
    }

    @Override
    public void close() {
        timers.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record GuardedNames(HostGuard guard) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return guard.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
