package io.filejob.storage.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code http:} and {@code https:} URLs as people and shops write them. Like browsers it encodes the characters
 * of paths and queries that URIs cannot have, non-ASCII ones as UTF-8; it converts internationalized host names to
 * ASCII and drops the fragment. A percent sign without two hexadecimal digits stands for itself.
 */
final class BrowserUrl {
    private static final Pattern PARTS = Pattern.compile(
            "(?<scheme>https?)://(?<authority>[^/?#\\\\]*)(?<path>[^?#]*)(?<query>[?][^#]*)?(#.*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?<port>:[0-9]{0,5})?");
    private static final Pattern DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);
    private static final Pattern ABSOLUTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:");
    private static final Pattern ASCII_HOST = Pattern.compile("[a-z0-9-]+([.][a-z0-9-]+)*");

    /** Characters besides letters and digits that a path can have. */
    private static final String IN_PATH = "-._~!$&'()*+,;=:@/";
    /** Characters besides letters and digits that a query can have. */
    private static final String IN_QUERY = IN_PATH + "?";

    private BrowserUrl() {}

    /** Parses {@code text}; blanks around it are ignored. */
    static URI parse(String text) throws FetchException {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw invalid("it is not an absolute http: or https: URL", null);
        }
        if (text.strip().chars().anyMatch(Character::isISOControl)) {
            throw invalid("it has control characters", null);
        }
        String authority = parts.group("authority");
        if (authority.indexOf('@') >= 0) {
            throw new FetchException(
                    FetchProblem.ADDRESS_REFUSED, "it has a user name or a password before @; remove them");
        }
        Matcher host = HOST_AND_PORT.matcher(authority);
        if (!host.matches()) {
            throw invalid("it names no valid host (" + authority + ")", null);
        }
        String port = host.group("port");
        String path = withoutDots(encode(parts.group("path").replace('\\', '/'), IN_PATH));
        String query = parts.group("query") == null
                ? ""
                : "?" + encode(parts.group("query").substring(1), IN_QUERY);
        try {
            return new URI(parts.group("scheme").toLowerCase(Locale.ROOT)
                    + "://" + ascii(host.group("host"))
                    + (port == null || port.length() == 1 ? "" : port)
                    + path
                    + query);
        } catch (URISyntaxException e) {
            throw invalid("it is not a valid URL: " + e.getReason(), e);
        }
    }

    /** Returns the target of a redirect from {@code base}; throws {@link FetchException} if it may not be followed. */
    static URI redirect(URI base, String location) throws FetchException {
        String text = utf8(location.strip());
        String root = base.getScheme() + "://" + base.getRawAuthority();
        String path = base.getRawPath();
        String whole;
        if (ABSOLUTE.matcher(text).lookingAt()) {
            whole = text;
        } else if (text.startsWith("//")) {
            whole = base.getScheme() + ":" + text;
        } else if (text.startsWith("/")) {
            whole = root + text;
        } else if (text.startsWith("?")) {
            whole = root + path + text;
        } else {
            whole = root + path.substring(0, path.lastIndexOf('/') + 1) + text;
        }
        if (!PARTS.matcher(whole).matches()) {
            throw new FetchException(
                    FetchProblem.ADDRESS_REFUSED, "it redirects to " + whole + ", which is neither http: nor https:");
        }
        URI target = parse(whole);
        if (base.getScheme().equals("https") && !target.getScheme().equals("https")) {
            throw new FetchException(FetchProblem.ADDRESS_REFUSED, "it redirects from https: to " + target);
        }
        return target;
    }

    /** Returns the text of a header, whose bytes the client takes for characters of ISO 8859-1. */
    private static String utf8(String header) {
        byte[] bytes = header.getBytes(ISO_8859_1);
        String text = new String(bytes, UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : header;
    }

    private static FetchException invalid(String why, @Nullable Exception cause) {
        return new FetchException(FetchProblem.INVALID_URL, why, cause);
    }

    /** Returns the host in ASCII and lower case, without the dot of the DNS root. */
    private static String ascii(String host) throws FetchException {
        if (host.startsWith("[")) {
            return host;
        }
        try {
            String name = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (ASCII_HOST.matcher(bare).matches()) {
                return bare;
            }
        } catch (IllegalArgumentException e) {
            throw invalid("it names no valid host (" + host + ")", e);
        }
        throw invalid("it names no valid host (" + host + ")", null);
    }

    private static String encode(String text, String kept) {
        StringBuilder encoded = new StringBuilder(text.length());
        byte[] bytes = text.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xFF);
            boolean isKept = c == '%' ? isEscape(bytes, i) : isAlphanumeric(c) || kept.indexOf(c) >= 0;
            if (isKept) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
            }
        }
        return encoded.toString();
    }

    /** Resolves the segments {@code .} and {@code ..} of a path (RFC 3986, section 5.2.4), also encoded ones. */
    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        List<String> segments = Arrays.asList(path.split("/", -1));
        for (int i = 1; i < segments.size(); i++) {
            String segment = DOT.matcher(segments.get(i)).replaceAll(".");
            boolean isDots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..")) {
                kept.pollLast();
            }
            if (!isDots) {
                kept.addLast(segments.get(i));
            } else if (i == segments.size() - 1) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    private static boolean isEscape(byte[] bytes, int percent) {
        return percent + 2 < bytes.length
                && HexFormat.isHexDigit(bytes[percent + 1])
                && HexFormat.isHexDigit(bytes[percent + 2]);
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
