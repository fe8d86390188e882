package io.filejob.storage;

import io.filejob.model.NetworkSpec;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts may be reached by {@code http:} and {@code https:}: those with public addresses only, but for hosts that the
 * spec names and, in a cluster, the administrator allows too. On this machine loopback is allowed. Safe to use from any
 * thread.
 */
public final class HostGuard {
    /** Hosts with private addresses that the administrator of a cluster allows, separated by commas. */
    public static final String GRANTED = "FILEJOB_ALLOW_PRIVATE";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    /** Ports below belong to other services. */
    private static final int FIRST_FREE_PORT = 1024;

    private final List<String> allowed;
    private final List<String> wanted;
    /** Null where there is no administrator. */
    private final @Nullable List<String> granted;

    private HostGuard(@Nullable NetworkSpec network, @Nullable List<String> granted) {
        this.allowed = network == null ? List.of() : network.allowHosts();
        this.wanted = network == null ? List.of() : network.allowPrivate();
        this.granted = granted;
    }

    /** For a run on this machine. */
    static HostGuard local(@Nullable NetworkSpec network) {
        return new HostGuard(network, null);
    }

    /** For a pod with these environment variables. */
    static HostGuard ofPod(@Nullable NetworkSpec network, Map<String, String> environment) {
        List<String> hosts = Arrays.stream(environment.getOrDefault(GRANTED, "").split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
        return new HostGuard(network, hosts);
    }

    /** {@link AddressRefusedException} unless {@code uri} is one that may be asked for, as far as it says itself. */
    void check(URI uri) throws AddressRefusedException {
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new AddressRefusedException(uri + " names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new AddressRefusedException("the URL of host " + host + " has a user name; remove it");
        }
        int port = uri.getPort();
        if (port >= 0 && port < FIRST_FREE_PORT && port != HTTP && port != HTTPS) {
            throw new AddressRefusedException(
                    "port " + port + " of host " + host + " (allowed: 80, 443 and from " + FIRST_FREE_PORT + " on)");
        }
        if (!allowed.isEmpty() && !isAmong(host, allowed)) {
            throw new AddressRefusedException(
                    "host " + host + " is not in spec.network.allowHosts; add it there to allow it");
        }
    }

    /**
     * The addresses of {@code host}, all of which may be connected to. {@link AddressRefusedException} if one of them may
     * not.
     */
    InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookUp(plain(host));
        for (InetAddress address : addresses) {
            String kind = PublicAddress.refusal(address);
            if (kind != null && !(granted == null && address.isLoopbackAddress())) {
                checkPrivate(host, address, kind);
            }
        }
        return addresses;
    }

    private static InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(host);
        } catch (IllegalArgumentException e) {
            UnknownHostException unknown = new AddressRefusedException(host + " is no address");
            unknown.initCause(e);
            throw unknown;
        }
    }

    private void checkPrivate(String host, InetAddress address, String kind) throws AddressRefusedException {
        String what = "host " + plain(host) + " has a " + kind + " address (" + address.getHostAddress() + "); ";
        if (!isAmong(host, wanted)) {
            throw new AddressRefusedException(what + "list it in spec.network.allowPrivate to allow it");
        }
        if (granted != null && !isAmong(host, granted)) {
            throw new AddressRefusedException(
                    what + "an administrator must list it in worker.network.allowPrivate of the chart to allow it");
        }
    }

    /** Whether a host is one of {@code hosts}, of which {@code *.example.com} stands for all below. */
    private static boolean isAmong(String host, List<String> hosts) {
        String name = plain(host);
        return hosts.stream().map(HostGuard::plain).anyMatch(each -> {
            boolean wildcard = each.startsWith("*.");
            return wildcard ? name.endsWith(each.substring(1)) : name.equals(each);
        });
    }

    /** In lower case, without brackets and without the dot of the root. */
    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
