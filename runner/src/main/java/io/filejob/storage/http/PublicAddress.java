package io.filejob.storage.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells public internet addresses from others. Not public are all blocks that IANA's <a
 * href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IPv4</a> and <a
 * href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IPv6 Special-Purpose Address Registries</a> (RFC
 * 6890) state as not globally reachable, the deprecated ones, multicast, and IPv6 addresses outside {@code 2000::/3}.
 * IPv6 addresses that stand for an IPv4 address are treated like that one.
 */
public final class PublicAddress {
    private static final int BYTES_V4 = 4;

    /** Blocks that are not public, or not reached under this address. */
    private static final List<Block> BLOCKS = List.of(
            new Block("unspecified", "0.0.0.0/8"),
            new Block("private", "10.0.0.0/8"),
            new Block("shared (CGNAT)", "100.64.0.0/10"),
            new Block("loopback", "127.0.0.0/8"),
            new Block("link-local", "169.254.0.0/16"),
            new Block("private", "172.16.0.0/12"),
            new Block("reserved", "192.0.0.0/24"),
            new Block("documentation", "192.0.2.0/24"),
            new Block("reserved", "192.88.99.0/24"),
            new Block("private", "192.168.0.0/16"),
            new Block("benchmarking", "198.18.0.0/15"),
            new Block("documentation", "198.51.100.0/24"),
            new Block("documentation", "203.0.113.0/24"),
            new Block("multicast", "224.0.0.0/4"),
            new Block("reserved", "240.0.0.0/4"),
            new Block("loopback", "::1/128"),
            new Block("unspecified", "::/128"),
            new Block("unique-local", "fc00::/7"),
            new Block("link-local", "fe80::/10"),
            new Block("site-local", "fec0::/10"),
            new Block("multicast", "ff00::/8"),
            new Block("Teredo", "2001::/32"),
            new Block("reserved", "2001::/23"),
            new Block("documentation", "2001:db8::/32"),
            new Block("documentation", "3fff::/20"));

    /** The IPv6 addresses that are allocated for general use. */
    private static final Block GLOBAL_UNICAST = new Block("", "2000::/3");
    /** IPv6 blocks with an embedded IPv4 address. */
    private static final Block NAT64 = new Block("", "64:ff9b::/96");

    private static final Block COMPATIBLE = new Block("", "::/96");
    private static final Block SIX_TO_FOUR = new Block("", "2002::/16");
    private static final int AT_THE_END = 12;
    private static final int AFTER_PREFIX = 2;

    private PublicAddress() {}

    // Blocks are never compared, so the array as a component does no harm.
    @SuppressWarnings("ArrayRecordComponent")
    private record Block(String kind, byte[] first, int bits) {
        Block(String kind, String cidr) {
            this(
                    kind,
                    InetAddress.ofLiteral(cidr.substring(0, cidr.indexOf('/'))).getAddress(),
                    Integer.parseInt(cidr, cidr.indexOf('/') + 1, cidr.length(), 10));
        }

        boolean holds(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            return Arrays.equals(address, 0, whole, first, 0, whole)
                    && (rest == 0 || ((address[whole] ^ first[whole]) & (0xFF00 >> rest) & 0xFF) == 0);
        }
    }

    /** Returns the kind of a non-public address, or null for a public one. */
    public static @Nullable String refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        for (Block block : BLOCKS) {
            if (block.holds(bytes)) {
                return block.kind();
            }
        }
        if (bytes.length == BYTES_V4) {
            return null;
        }
        if (NAT64.holds(bytes) || COMPATIBLE.holds(bytes)) {
            return embedded(bytes, AT_THE_END);
        }
        if (SIX_TO_FOUR.holds(bytes)) {
            return embedded(bytes, AFTER_PREFIX);
        }
        return GLOBAL_UNICAST.holds(bytes) ? null : "reserved";
    }

    private static @Nullable String embedded(byte[] bytes, int from) {
        try {
            return refusal(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + BYTES_V4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
