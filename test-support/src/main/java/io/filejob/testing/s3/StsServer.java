package io.filejob.testing.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * A service that issues sessions for tokens, on this machine's loopback: requests and responses are those of <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html">AssumeRoleWithWebIdentity</a>.
 * A storage accepts the keys of its sessions. After each session it writes a new token to the file; older ones stay
 * valid.
 */
public final class StsServer implements AutoCloseable {
    private static final String REFUSAL = """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
              <RequestId>ad4156e9-bce1-11e2-82e6-6b6efEXAMPLE</RequestId>
            </ErrorResponse>
            """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final S3Server storage;
    private final Path file;
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();

    private volatile Duration validity = Duration.ofHours(1);
    private volatile int status = HttpURLConnection.HTTP_OK;
    private volatile String error = "";

    /** Starts a service that keeps the token in {@code file}. */
    public StsServer(S3Server storage, Path file) throws IOException {
        this(storage, file, HttpServer.create());
    }

    /** Starts a service as {@link #StsServer(S3Server, Path)} does, with TLS. */
    public StsServer(S3Server storage, Path file, SSLContext tls) throws IOException {
        this(storage, file, secure(tls));
    }

    private StsServer(S3Server storage, Path file, HttpServer server) throws IOException {
        this.storage = storage;
        this.file = file;
        this.server = server;
        newToken();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private static HttpsServer secure(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    public String endpoint() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** Sets the lifetime of sessions, an hour at first. */
    public void setValidity(Duration lifetime) {
        validity = lifetime;
    }

    /** Responds to all requests from now on with this status and error code. */
    public void refuseWith(int code, String reason) {
        status = code;
        error = reason;
    }

    /** Returns the parameters of all requests so far. */
    public List<Map<String, String>> requests() {
        return List.copyOf(requests);
    }

    /** Returns the token that was in the file after {@code sessions} sessions. */
    public static String token(int sessions) {
        return "token-" + sessions + ".of/the+cluster==";
    }

    /** Returns the session token that requests of the session with this number, from 0, carry. */
    public static String sessionToken(int session) {
        return "session-token-" + session + "//of+the+role==";
    }

    /** Returns the access key that signs requests of the session with this number, from 0. */
    public static String accessKey(int session) {
        return "ASIASESSION" + session;
    }

    private synchronized void newToken() throws IOException {
        String token = token(tokens.size());
        tokens.add(token);
        // A reader finds either the old or the new token.
        Path next = Files.writeString(file.resolveSibling("next-token"), token);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> request =
                    parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            requests.add(request);
            if (status != 200) {
                send(exchange, status, REFUSAL.formatted(error, "come back later"));
            } else if (!"AssumeRoleWithWebIdentity".equals(request.get("Action"))) {
                send(exchange, 400, REFUSAL.formatted("InvalidAction", "there is one action"));
            } else if (!tokens.contains(request.get("WebIdentityToken"))) {
                send(exchange, 400, REFUSAL.formatted("InvalidIdentityToken", "the token is not known"));
            } else {
                int session = tokens.size() - 1;
                String secretKey = "secret-key-" + session;
                storage.admit(accessKey(session), secretKey);
                newToken();
                Instant end = Instant.now().plus(validity).truncatedTo(ChronoUnit.SECONDS);
                send(exchange, 200, session(sessionToken(session), secretKey, end, accessKey(session)));
            }
        }
    }

    private static String session(String token, String secretKey, Instant end, String accessKey) {
        return """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <AssumeRoleWithWebIdentityResult>
                    <SubjectFromWebIdentityToken>system:serviceaccount:default:worker</SubjectFromWebIdentityToken>
                    <Audience>sts.amazonaws.com</Audience>
                    <AssumedRoleUser>
                      <Arn>arn:aws:sts::123456789012:assumed-role/reader/worker</Arn>
                      <AssumedRoleId>AROACLKWSDQRAOEXAMPLE:worker</AssumedRoleId>
                    </AssumedRoleUser>
                    <Credentials>
                      <SessionToken>%s</SessionToken>
                      <SecretAccessKey>%s</SecretAccessKey>
                      <Expiration>%s</Expiration>
                      <AccessKeyId>%s</AccessKeyId>
                    </Credentials>
                    <Provider>https://issuer.example</Provider>
                  </AssumeRoleWithWebIdentityResult>
                  <ResponseMetadata><RequestId>ad4156e9-bce1-11e2-82e6-6b6efEXAMPLE</RequestId></ResponseMetadata>
                </AssumeRoleWithWebIdentityResponse>
                """.formatted(token, secretKey, end, accessKey);
    }

    private static Map<String, String> parameters(String form) {
        return Arrays.stream(form.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
