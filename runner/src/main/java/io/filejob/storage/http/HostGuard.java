package io.filejob.storage.http;

import io.filejob.cluster.PodEnvironment;
import io.filejob.spec.NetworkSpec;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which hosts may be reached by {@code http:} and {@code https:}: those with public addresses only, except for
 * hosts that the spec names and, in a cluster, the administrator also allows. Both may limit the hosts further, and neither
 * widens the other's limits. On this machine loopback is allowed. Safe to use from any thread.
 */
public final class HostGuard {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    /** First port that may be used; lower ports belong to other services. */
    private static final int FIRST_FREE_PORT = 1024;

    /** An IPv4 address with leading zeros, which some programs take for octal numbers. */
    private static final Pattern AMBIGUOUS = Pattern.compile("(?=.*\\b0[0-9])[0-9.]+");

    private final List<String> allowed;
    private final List<String> wanted;
    /** The only hosts that the administrator allows; any host if empty. */
    private final List<String> allowedInCluster;
    /** Hosts with private addresses that the administrator allows; null outside a cluster. */
    private final @Nullable List<String> granted;

    private final NameLookup names;

    private HostGuard(
            List<String> allowed,
            List<String> wanted,
            List<String> allowedInCluster,
            @Nullable List<String> granted,
            NameLookup names) {
        this.allowed = allowed;
        this.wanted = wanted;
        this.allowedInCluster = allowedInCluster;
        this.granted = granted;
        this.names = names;
    }

    private static HostGuard of(
            @Nullable NetworkSpec network, List<String> allowedInCluster, @Nullable List<String> granted) {
        return new HostGuard(
                network == null ? List.of() : network.allowHosts(),
                network == null ? List.of() : network.allowPrivate(),
                allowedInCluster,
                granted,
                SystemNames::addresses);
    }

    /** Returns the same guard with other addresses of names than those of this machine's name service. */
    public HostGuard with(NameLookup other) {
        return new HostGuard(allowed, wanted, allowedInCluster, granted, other);
    }

    /** Creates the guard for a run on this machine. */
    public static HostGuard local(@Nullable NetworkSpec network) {
        return of(network, List.of(), null);
    }

    /** Creates the guard for a pod with these environment variables. */
    public static HostGuard ofPod(@Nullable NetworkSpec network, Map<String, String> environment) {
        return of(
                network,
                hosts(environment, PodEnvironment.ALLOW_HOSTS),
                hosts(environment, PodEnvironment.ALLOW_PRIVATE));
    }

    private static List<String> hosts(Map<String, String> environment, String variable) {
        return Arrays.stream(environment.getOrDefault(variable, "").split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
    }

    /**
     * Throws {@link AddressRefusedException} if the scheme, host or port of {@code uri} is not allowed; looks up no
     * name.
     */
    void check(URI uri) throws AddressRefusedException {
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new AddressRefusedException(uri + " names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new AddressRefusedException("the URL of host " + host + " has a user name; remove it");
        }
        if (AMBIGUOUS.matcher(host).matches()) {
            throw new AddressRefusedException(
                    "the address " + host + " may be octal or decimal; write it without leading zeros");
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
        if (!allowedInCluster.isEmpty() && !isAmong(host, allowedInCluster)) {
            throw new AddressRefusedException("host " + host
                    + " is not in worker.network.allowHosts of the chart; an administrator must add it to allow it");
        }
    }

    /** Returns the addresses of {@code host}; throws {@link AddressRefusedException} if one of them is not allowed. */
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

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return names.addresses(host);
        } catch (IllegalArgumentException e) {
            UnknownHostException unknown = new AddressRefusedException(host + " is not a valid address");
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

    /** Returns whether {@code host} is listed in {@code hosts}, where {@code *.example.com} matches all subdomains. */
    private static boolean isAmong(String host, List<String> hosts) {
        String name = plain(host);
        return hosts.stream().map(HostGuard::plain).anyMatch(each -> {
            boolean wildcard = each.startsWith("*.");
            return wildcard ? name.endsWith(each.substring(1)) : name.equals(each);
        });
    }

    /** Returns {@code host} in lower case, without brackets and without the trailing dot of the DNS root. */
    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
