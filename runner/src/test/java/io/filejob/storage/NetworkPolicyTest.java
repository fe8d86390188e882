package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.filejob.storage.http.PublicAddress;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The network policies of the rendered chart, evaluated for addresses and ports as Kubernetes specifies: rules add up, an
 * absent list of peers or ports stands for all, a port without a protocol is a TCP port.
 */
final class NetworkPolicyTest {
    private static final int WEB = 443;
    private static final int RANDOM_ADDRESSES = 20_000;

    private final List<JsonNode> workers = new ArrayList<>();
    private final List<JsonNode> operators = new ArrayList<>();
    private final List<JsonNode> services = new ArrayList<>();
    private final List<JsonNode> readers = new ArrayList<>();

    @BeforeEach
    void read() throws IOException {
        for (String document :
                Files.readString(Path.of("../helm/golden/everything.yaml")).split("(?m)^---\n", -1)) {
            if (document.contains("kind: NetworkPolicy")) {
                JsonNode spec = new YAMLMapper().readTree(document).get("spec");
                boolean worker = spec.at("/podSelector/matchExpressions/0/values")
                        .valueStream()
                        .anyMatch(role -> role.asText().equals("worker"));
                boolean service = spec.at("/podSelector/matchLabels/app.kubernetes.io~1component")
                        .asText()
                        .equals("api");
                boolean reader = spec.at("/podSelector/matchLabels/filejob.io~1role")
                        .asText()
                        .equals("reader");
                (worker ? workers : service ? services : reader ? readers : operators).add(spec);
            }
        }
        assertThat(workers).hasSizeGreaterThan(1);
        assertThat(operators).hasSize(1);
        assertThat(services).hasSize(1);
        assertThat(readers).hasSameSizeAs(workers);
    }

    /** The service reads in them through the API server and the node. */
    @Test
    void podsThatReadClaimsConnectToNothingAndNothingConnectsToThem() {
        for (JsonNode policy : readers) {
            assertThat(names(policy.get("policyTypes"))).containsExactlyInAnyOrder("Ingress", "Egress");
            assertThat(policy.has("ingress") || policy.has("egress")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // DNS anywhere, the API server at its address and port, public addresses at any port.
        "10.96.0.10, 53, UDP, true",
        "10.96.0.10, 53, TCP, true",
        "10.96.0.10, 53, SCTP, false",
        "10.96.0.1, 6443, TCP, true",
        "10.96.0.1, 6443, UDP, false",
        "10.96.0.1, 443, TCP, false",
        "10.96.0.2, 6443, TCP, false",
        "8.8.8.8, 443, TCP, true",
        "8.8.8.8, 5432, TCP, true",
        "2606:4700::1111, 443, TCP, true",
        // Metadata services, nodes, pods and this pod itself.
        "169.254.169.254, 80, TCP, false",
        "127.0.0.1, 8080, TCP, false",
        "10.0.0.5, 5432, TCP, false",
        "192.168.1.1, 443, TCP, false",
        "100.64.0.1, 443, TCP, false",
        "fd00:ec2::254, 80, TCP, false",
        "fe80::1, 443, TCP, false",
        "fec0::1, 443, TCP, false",
        "::1, 443, TCP, false",
        // Private addresses in the forms of NAT64 and 6to4.
        "64:ff9b::a00:1, 443, TCP, false",
        "64:ff9b:1::a00:1, 443, TCP, false",
        "2002:a00:1::, 443, TCP, false"
    })
    void workersConnectTo(String address, int port, String protocol, boolean allowed) {
        for (JsonNode policy : workers) {
            assertThat(allows(policy, address(address), port, protocol)).isEqualTo(allowed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.96.0.10, 53, UDP, true",
        "10.96.0.1, 6443, TCP, true",
        "10.96.0.1, 443, TCP, false",
        "8.8.8.8, 443, TCP, false",
        "2606:4700::1111, 443, TCP, false",
        "169.254.169.254, 80, TCP, false"
    })
    void operatorsConnectTo(String address, int port, String protocol, boolean allowed) {
        assertThat(allows(operators.getFirst(), address(address), port, protocol))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "10.96.0.10, 53, UDP, true",
        "10.96.0.1, 6443, TCP, true",
        "10.96.0.1, 443, TCP, false",
        "8.8.8.8, 443, TCP, false",
        "169.254.169.254, 80, TCP, false",
        // The values allow this port, for object storage.
        "10.0.0.5, 9000, TCP, true"
    })
    void servicesConnectTo(String address, int port, String protocol, boolean allowed) {
        assertThat(allows(services.getFirst(), address(address), port, protocol))
                .isEqualTo(allowed);
    }

    /** The values let Prometheus scrape workers; without that, nothing connects to them. */
    @Test
    void onlyTheNamedPeersConnectToOperatorsAndToTheMetricsOfWorkers() {
        for (JsonNode policy : workers) {
            assertOnlyNamedPeers(policy, "9500");
        }
        assertOnlyNamedPeers(operators.getFirst(), "http");
    }

    private static void assertOnlyNamedPeers(JsonNode policy, String port) {
        assertThat(names(policy.get("policyTypes"))).contains("Ingress");
        JsonNode ingress = policy.get("ingress");
        assertThat(ingress).hasSize(1);
        assertThat(ingress.at("/0/ports")).hasSize(1);
        assertThat(ingress.at("/0/ports/0/port").asText()).isEqualTo(port);
        assertThat(ingress.at("/0/from")).hasSize(1);
        assertThat(ingress.at("/0/from/0").has("namespaceSelector")).isTrue();
    }

    /** The pods' guard refuses an address, or an IPv6 form of it, if and only if the network does. */
    @Test
    void theNetworkRefusesTheAddressesThatTheGuardRefuses() throws IOException {
        List<byte[]> addresses = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(15);
        for (int i = 0; i < RANDOM_ADDRESSES; i++) {
            byte[] address = new byte[i % 2 == 0 ? 4 : 16];
            random.nextBytes(address);
            if (address.length > 4 && i % 3 == 0) {
                // Most blocks of IPv6 are in the first part of 2000::/3.
                address[0] = 0x20;
                address[1] = (byte) random.nextInt(3);
            }
            addresses.add(address);
        }
        for (JsonNode block : workers.getFirst().findValues("ipBlock")) {
            for (String cidr : names(block.path("except"))) {
                addresses.addAll(edges(cidr));
            }
        }
        for (byte[] address : addresses) {
            InetAddress inet = InetAddress.getByAddress(address);
            boolean allowed = allows(workers.getFirst(), inet, WEB, "TCP");
            if (PublicAddress.refusal(inet) != null) {
                assertThat(allowed).as("%s", inet).isFalse();
            } else if (!embedsIp4(address)) {
                assertThat(allowed).as("%s", inet).isTrue();
            }
        }
    }

    /** Whether the address has the form of NAT64, 6to4 or a compatible address, which the network always refuses. */
    private static boolean embedsIp4(byte[] address) {
        return address.length > 4 && (address[0] == 0 || (address[0] == 0x20 && address[1] == 2));
    }

    /** The first and last addresses of a block, and those before and after it. */
    private static List<byte[]> edges(String cidr) {
        byte[] first = address(cidr.substring(0, cidr.indexOf('/'))).getAddress();
        int bits = Integer.parseInt(cidr, cidr.indexOf('/') + 1, cidr.length(), 10);
        BigInteger low = new BigInteger(1, first);
        BigInteger after = low.add(BigInteger.ONE.shiftLeft(first.length * 8 - bits));
        List<byte[]> edges = new ArrayList<>();
        for (BigInteger each : List.of(low.subtract(BigInteger.ONE), low, after.subtract(BigInteger.ONE), after)) {
            if (each.signum() >= 0 && each.bitLength() <= first.length * 8) {
                byte[] bytes = new byte[first.length];
                byte[] digits = each.toByteArray();
                int length = Math.min(digits.length, bytes.length);
                System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
                edges.add(bytes);
            }
        }
        return edges;
    }

    /** Whether an egress rule allows a connection to an address outside the cluster, which no selector selects. */
    private static boolean allows(JsonNode policy, InetAddress address, int port, String protocol) {
        if (!names(policy.get("policyTypes")).contains("Egress")) {
            return true;
        }
        return all(policy.path("egress")).stream()
                .anyMatch(rule -> (rule.path("to").isEmpty()
                                || all(rule.path("to")).stream().anyMatch(peer -> holds(peer.path("ipBlock"), address)))
                        && (rule.path("ports").isEmpty()
                                || all(rule.path("ports")).stream().anyMatch(each -> isPort(each, port, protocol))));
    }

    private static boolean isPort(JsonNode rule, int port, String protocol) {
        int from = rule.path("port").asInt(0);
        int to = rule.path("endPort").asInt(rule.has("port") ? from : Integer.MAX_VALUE);
        return rule.path("protocol").asText("TCP").equals(protocol) && port >= from && port <= to;
    }

    private static boolean holds(JsonNode block, InetAddress address) {
        return block.has("cidr")
                && holds(block.get("cidr").asText(), address)
                && names(block.path("except")).stream().noneMatch(cidr -> holds(cidr, address));
    }

    private static boolean holds(String cidr, InetAddress address) {
        byte[] first = address(cidr.substring(0, cidr.indexOf('/'))).getAddress();
        byte[] bytes = address.getAddress();
        int bits = Integer.parseInt(cidr, cidr.indexOf('/') + 1, cidr.length(), 10);
        return first.length == bytes.length
                && new BigInteger(1, first)
                                .xor(new BigInteger(1, bytes))
                                .shiftRight(first.length * 8 - bits)
                                .signum()
                        == 0;
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private static List<JsonNode> all(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static List<String> names(JsonNode list) {
        return all(list).stream().map(JsonNode::asText).toList();
    }
}
