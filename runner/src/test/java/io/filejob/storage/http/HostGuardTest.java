package io.filejob.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.cluster.PodEnvironment;
import io.filejob.spec.NetworkSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for hosts that may be reached. */
final class HostGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::8.8.8.8",
                "2002:0a00:0001::1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "4000::1",
                // The other blocks of the registries that are not globally reachable.
                "192.0.0.170",
                "192.0.2.1",
                "192.88.99.1",
                "198.51.100.1",
                "203.0.113.1",
                "64:ff9b:1:ffff::1",
                "100::1",
                "100:0:0:1::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "3fff:fff::1",
                "5f00::1",
                "::ffff:0:127.0.0.1",
                "ff0e::1"
            })
    void isNotPublic(String address) {
        assertThat(PublicAddress.refusal(InetAddress.ofLiteral(address))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.43.8",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "64:ff9b::8.8.8.8",
                "2002:0808:0808::1",
                "::ffff:8.8.8.8",
                "192.31.196.1",
                "192.52.193.1",
                "192.175.48.1",
                "2620:4f:8000::1"
            })
    void isPublic(String address) {
        assertThat(PublicAddress.refusal(InetAddress.ofLiteral(address))).isNull();
    }

    /** Regardless of whether they are parsed as addresses, no private address is connected to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "017700000001",
                "0177.0.0.1",
                "127.1",
                "127.0.1",
                "127.0.0.1.",
                "LOCALHOST",
                "localhost.",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[0:0:0:0:0:ffff:7f00:1]",
                "[64:ff9b::7f00:1]"
            })
    void noSpellingOfLoopbackIsReachedInACluster(String host) {
        InetAddress[] addresses;
        try {
            addresses = HostGuard.ofPod(null, Map.of()).resolve(host);
        } catch (UnknownHostException e) {
            addresses = new InetAddress[0];
        }
        assertThat(addresses).allMatch(address -> PublicAddress.refusal(address) == null);
    }

    @Test
    void loopbackIsReachedFromThisMachineAndNothingElseThatIsPrivate() throws IOException {
        HostGuard guard = HostGuard.local(null);
        assertThat(guard.resolve("localhost")).isNotEmpty();
        assertThat(guard.resolve("127.0.0.1")).isNotEmpty();
        assertRefused(guard, "10.0.0.1", "private", "spec.network.allowPrivate");
        assertRefused(guard, "169.254.169.254", "link-local", "spec.network.allowPrivate");
        assertRefused(guard, "0.0.0.0", "unspecified", "spec.network.allowPrivate");
        assertRefused(guard, "[64:ff9b::7f00:1]", "loopback", "spec.network.allowPrivate");
    }

    @Test
    void aSpecAllowsItOnThisMachine() throws IOException {
        HostGuard guard = HostGuard.local(new NetworkSpec(null, List.of("10.0.0.1", "*.internal", "fd00::1")));
        assertThat(guard.resolve("10.0.0.1")).hasSize(1);
        assertThat(guard.resolve("[fd00::1]")).hasSize(1);
        assertRefused(guard, "10.0.0.2", "10.0.0.2");
    }

    @Test
    void inAClusterItTakesTheAdministratorsLeaveToo() throws IOException {
        NetworkSpec asked = new NetworkSpec(null, List.of("10.0.0.1", "localhost"));
        Map<String, String> granted = Map.of(PodEnvironment.ALLOW_PRIVATE, "10.0.0.2, localhost");
        HostGuard guard = HostGuard.ofPod(asked, granted);
        assertThat(guard.resolve("localhost")).isNotEmpty();
        assertRefused(guard, "10.0.0.1", "worker.network.allowPrivate");
        // The administrator's permission has no effect unless the spec asks for it.
        assertRefused(guard, "10.0.0.2", "spec.network.allowPrivate");
        assertRefused(HostGuard.ofPod(asked, Map.of()), "localhost", "worker.network.allowPrivate");
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example/a, true",
        "https://SHOP.example:443/a, true",
        "http://shop.example:8080/a, true",
        "http://cdn.shop.example./a, true",
        "http://shop.example:22/a, false",
        "http://shop.example:1023/a, false",
        "http://user@shop.example/a, false",
        "http://other.example/a, false",
        "http://notshop.example/a, false",
        "http:///a, false"
    })
    void isCheckedBeforeItIsLookedUp(String uri, boolean allowed) throws IOException {
        HostGuard guard = HostGuard.local(new NetworkSpec(List.of("shop.example", "*.shop.example"), null));
        if (allowed) {
            guard.check(URI.create(uri));
        } else {
            assertThatThrownBy(() -> guard.check(URI.create(uri))).isInstanceOf(AddressRefusedException.class);
        }
    }

    /** Neither the spec nor the administrator widens what the other one allows. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    -,            -,                    http://a.example/,      -
                    -,            '',                   http://a.example/,      -
                    -,            *.example,            http://a.example/,      -
                    -,            '*.shop, A.Example.', http://a.example./x,    -
                    -,            b.example,            http://a.example/,      worker.network.allowHosts
                    -,            *.a.example,          http://a.example/,      worker.network.allowHosts
                    a.example,    b.example,            http://a.example/,      worker.network.allowHosts
                    a.example,    b.example,            http://b.example/,      spec.network.allowHosts
                    *.example,    a.example,            http://a.example/,      -
                    a.example,    *.example,            http://b.example/,      spec.network.allowHosts
                    -,            1.1.1.1,              http://1.1.1.1/,        -
                    -,            1.1.1.1,              http://[::ffff:1.1.1.1]/, worker.network.allowHosts
                    """)
    void bothMustAllowAHost(@Nullable String spec, @Nullable String chart, String uri, @Nullable String refusal)
            throws IOException {
        HostGuard guard = HostGuard.ofPod(
                spec == null ? null : new NetworkSpec(List.of(spec), null),
                chart == null ? Map.of() : Map.of(PodEnvironment.ALLOW_HOSTS, chart));
        if (refusal == null) {
            guard.check(URI.create(uri));
        } else {
            assertThatThrownBy(() -> guard.check(URI.create(uri)))
                    .isInstanceOf(AddressRefusedException.class)
                    .hasMessageContaining(refusal);
        }
    }

    /** A name with a public and a private address would be reached at one or the other, by chance. */
    @Test
    void aNameIsRefusedIfOneOfItsAddressesIsPrivate() {
        HostGuard guard = HostGuard.ofPod(null, Map.of()).with(host -> new InetAddress[] {
            InetAddress.ofLiteral("8.8.8.8"),
            InetAddress.ofLiteral("2606:4700::1111"),
            InetAddress.ofLiteral("10.0.0.1")
        });
        assertRefused(guard, "shop.example", "host shop.example has a private address (10.0.0.1)");
    }

    /** Java takes it for 177.0.0.1, and browsers for 127.0.0.1. */
    @Test
    void anAddressWithLeadingZerosIsRefused() throws IOException {
        HostGuard guard = HostGuard.local(null);
        assertThatThrownBy(() -> guard.check(URI.create("http://0177.0.0.1/")))
                .isInstanceOf(AddressRefusedException.class)
                .hasMessageContaining("leading zeros");
        guard.check(URI.create("http://127.0.0.1/"));
        guard.check(URI.create("http://01.shop.example/"));
    }

    private static void assertRefused(HostGuard guard, String host, String... parts) {
        assertThatThrownBy(() -> guard.resolve(host))
                .isInstanceOf(AddressRefusedException.class)
                .hasMessageContainingAll(parts);
    }
}
