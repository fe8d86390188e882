package io.filejob.testing.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** kube-apiserver and etcd, one for all tests of this JVM, and kubectl with administrator rights. */
public final class RealApiServer {
    /** The folder with the programs; if the environment names none, they are downloaded. */
    private static final Optional<Path> PROGRAMS =
            Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR")).map(Path::of);

    private static final Path DOWNLOADED =
            Path.of(System.getProperty("user.home"), KubeAPIServerConfigBuilder.DIRECTORY_NAME);

    /** The rights that the chart gives to workers. */
    private static final String WORKER_RIGHTS = """
            {apiVersion: v1, kind: Namespace, metadata: {name: NS}}
            ---
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: filejob-worker, namespace: NS}}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: filejob-worker, namespace: NS}
            rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list, create, update]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: filejob-worker, namespace: NS}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: filejob-worker}
            subjects: [{kind: ServiceAccount, name: filejob-worker, namespace: NS}]
            """;

    private static final String AUTHENTICATION = """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AuthenticationConfiguration
            """;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private final Path kubeconfig;
    private final Path kubectl;
    private final URI uri;
    private final Path authorities;

    private final Path authentication;

    private RealApiServer() {
        authentication = newAuthentication();
        KubeAPIServer server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(PROGRAMS.isPresent())
                .withUpdateKubeConfig(false)
                .withApiServerFlag("--authentication-config", authentication.toString())
                .build());
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        try (Stream<Path> programs =
                Files.find(PROGRAMS.orElse(DOWNLOADED), 3, (path, _) -> path.endsWith("kubectl"))) {
            kubectl = programs.toList().getFirst();
            kubeconfig = Files.createTempFile("kubeconfig-", ".yaml");
            kubeconfig.toFile().deleteOnExit();
            Files.writeString(kubeconfig, server.getKubeConfigYaml());
            JsonNode cluster = YAML.readTree(server.getKubeConfigYaml()).at("/clusters/0/cluster");
            uri = URI.create(cluster.path("server").asText());
            authorities = Path.of(cluster.path("certificate-authority").asText());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path newAuthentication() {
        try {
            Path file = Files.createTempFile("authentication-", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, AUTHENTICATION + "jwt: []\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Accepts tokens that {@code issuer}, with the authorities {@code pem}, has made for {@code audience}. The names of
     * users are the subjects, with the prefix {@code oidc:}. The server notices it some time later.
     */
    public void trust(String issuer, String pem, String audience) {
        try {
            JsonNode trusted = JSON.valueToTree(Map.of(
                    "issuer",
                    Map.of("url", issuer, "audiences", List.of(audience), "certificateAuthority", pem),
                    "claimMappings",
                    Map.of("username", Map.of("claim", "sub", "prefix", "oidc:"))));
            Files.writeString(authentication, AUTHENTICATION + "jwt: [" + trusted + "]\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class ApiServerHolder {
        private static final RealApiServer ONLY = new RealApiServer();
    }

    public static RealApiServer get() {
        return ApiServerHolder.ONLY;
    }

    public URI uri() {
        return uri;
    }

    public Path authorities() {
        return authorities;
    }

    /** Creates a namespace with a worker's service account and returns its name. */
    public String namespace() {
        String name = "jobs-" + NAMESPACES.incrementAndGet();
        apply(WORKER_RIGHTS.replace("NS", name));
        return name;
    }

    public String token(String namespace) {
        return kubectl("", "create", "token", "filejob-worker", "-n", namespace).strip();
    }

    public void apply(String yaml) {
        kubectl(yaml, "apply", "--validate=false", "-f", "-");
    }

    public JsonNode read(String... arguments) {
        List<String> all = new ArrayList<>(List.of("get", "-o", "json"));
        all.addAll(List.of(arguments));
        try {
            return JSON.readTree(kubectl("", all.toArray(String[]::new)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public String kubectl(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(kubectl.toString(), "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("kubectl-", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            process.getOutputStream().write(input.getBytes(UTF_8));
            process.getOutputStream().close();
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            String text = Files.readString(out);
            Files.delete(out);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError("kubectl " + List.of(arguments) + ": " + text);
            }
            return text;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
