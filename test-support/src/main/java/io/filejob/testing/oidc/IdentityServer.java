package io.filejob.testing.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.filejob.testing.tls.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An OpenID Connect provider with TLS (authorization code flow with PKCE), at which everybody is signed in already as
 * the user that was set last. Safe to use from several threads.
 */
public final class IdentityServer implements AutoCloseable {
    /** The only client. */
    public static final String CLIENT = "filejob";

    /** The client's secret. */
    public static final String SECRET = "a secret / with 100% +odd characters";

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String KEY = "key";
    private static final Duration LIFE = Duration.ofHours(1);

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path certificate;
    private final KeyPair keys;
    private final Map<String, SignIn> codes = new ConcurrentHashMap<>();
    private volatile String user = "nobody";

    private record SignIn(String user, String redirect, String challenge, String nonce) {}

    /** Starts the server, which keeps its certificates in {@code folder}; that must exist, and is used by it alone. */
    public IdentityServer(Path folder) {
        try {
            Authority authority = new Authority(folder);
            certificate = Files.writeString(folder.resolve("ca.pem"), authority.pem());
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(authority.server("ip:127.0.0.1")));
            server.setExecutor(threads);
            server.createContext("/.well-known/openid-configuration", exchange -> send(exchange, 200, configuration()));
            server.createContext("/keys", exchange -> send(exchange, 200, Map.of("keys", List.of(key()))));
            server.createContext("/authorize", this::authorize);
            server.createContext("/token", this::token);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the URL of the provider. */
    public String issuer() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the PEM file with the server's authority. */
    public Path certificate() {
        return certificate;
    }

    /** Signs everybody in as {@code name} from now on. */
    public void user(String name) {
        user = name;
    }

    private Map<String, Object> configuration() {
        return Map.of(
                "issuer",
                issuer(),
                "authorization_endpoint",
                issuer() + "/authorize",
                "token_endpoint",
                issuer() + "/token",
                "jwks_uri",
                issuer() + "/keys",
                "response_types_supported",
                List.of("code"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("RS256"));
    }

    private Map<String, Object> key() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                KEY,
                "n",
                BASE64.encodeToString(withoutSign(key.getModulus().toByteArray())),
                "e",
                BASE64.encodeToString(withoutSign(key.getPublicExponent().toByteArray())));
    }

    private static byte[] withoutSign(byte[] number) {
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> request = parameters(exchange.getRequestURI().getRawQuery());
        if (!CLIENT.equals(request.get("client_id"))
                || !"code".equals(request.get("response_type"))
                || !"S256".equals(request.get("code_challenge_method"))
                || !List.of(request.getOrDefault("scope", "").split(" ")).contains("openid")) {
            send(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        String code = UUID.randomUUID().toString();
        String redirect = request.getOrDefault("redirect_uri", "");
        codes.put(
                code,
                new SignIn(
                        user, redirect, request.getOrDefault("code_challenge", ""), request.getOrDefault("nonce", "")));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        redirect + "?code=" + code + "&state="
                                + URLEncoder.encode(request.getOrDefault("state", ""), UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        SignIn known = codes.remove(form.getOrDefault("code", ""));
        if (!isClient(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, Map.of("error", "invalid_client"));
        } else if (known == null
                || !known.redirect().equals(form.get("redirect_uri"))
                || !known.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
            send(exchange, 400, Map.of("error", "invalid_grant"));
        } else {
            send(
                    exchange,
                    200,
                    Map.of(
                            "access_token",
                            UUID.randomUUID().toString(),
                            "token_type",
                            "Bearer",
                            "expires_in",
                            LIFE.toSeconds(),
                            "id_token",
                            idToken(known.user(), known.nonce())));
        }
    }

    private static boolean isClient(String header) {
        return header != null
                && new String(Base64.getDecoder().decode(header.substring("Basic ".length())), UTF_8)
                        .equals(CLIENT + ":" + SECRET);
    }

    private static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a token of the user {@code name} for the client. */
    public String token(String name) {
        return idToken(name, "");
    }

    private String idToken(String name, String nonce) {
        Instant now = Instant.now();
        String signed = part(Map.of("alg", "RS256", "typ", "JWT", "kid", KEY)) + "."
                + part(Map.of(
                        "iss",
                        issuer(),
                        "aud",
                        CLIENT,
                        "sub",
                        name,
                        "nonce",
                        nonce,
                        "iat",
                        now.getEpochSecond(),
                        "exp",
                        now.plus(LIFE).getEpochSecond()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String part(Map<String, Object> content) {
        return BASE64.encodeToString(JSON.valueToTree(content).toString().getBytes(UTF_8));
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals), URLDecoder.decode(parameter.substring(equals + 1), UTF_8));
            }
        }
        return parameters;
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
