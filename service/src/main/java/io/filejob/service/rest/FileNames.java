package io.filejob.service.rest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of files in headers (RFC 6266). A name is a label for people; the service never uses it as a path. */
final class FileNames {
    /** The maximum length in characters. */
    static final int MAX_LENGTH = 200;

    private static final Pattern EXTENDED =
            Pattern.compile(";\\s*filename\\*\\s*=\\s*UTF-8''([^;\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile(
            ";\\s*filename\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\uFFFD]");

    private FileNames() {}

    /** Returns {@code name} without folders and control characters; {@code otherwise} if nothing is left. */
    static String cleaned(@Nullable String name, String otherwise) {
        if (name == null) {
            return otherwise;
        }
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = UNSAFE.matcher(last).replaceAll("").strip();
        while (clean.startsWith(".")) {
            clean = clean.substring(1);
        }
        if (clean.length() > MAX_LENGTH) {
            clean = clean.substring(clean.length() - MAX_LENGTH);
        }
        return clean.isEmpty() ? otherwise : clean;
    }

    /** Returns the file name in the header {@code Content-Disposition} of a request, if it has one. */
    static Optional<String> ofDisposition(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher extended = EXTENDED.matcher(header);
        if (extended.find()) {
            return Optional.of(Percent.decode(extended.group(1)));
        }
        Matcher quoted = QUOTED.matcher(header);
        if (!quoted.find()) {
            return Optional.empty();
        }
        return Optional.of(
                quoted.group(1) == null ? quoted.group(2) : quoted.group(1).replaceAll("\\\\(.)", "$1"));
    }

    /** Returns the header {@code Content-Disposition} with which browsers save a response as {@code name}. */
    static String attachment(String name) {
        String clean = cleaned(name, "download");
        String ascii = clean.replaceAll("[^\\x20-\\x7e]|[\"\\\\%]", "_");
        String header = "attachment; filename=\"" + ascii + "\"";
        return ascii.equals(clean) ? header : header + "; filename*=UTF-8''" + Percent.encode(clean);
    }

    /** Percent-encoding of RFC 5987. */
    private static final class Percent {
        private static final String PLAIN = "!#$&+-.^_`|~";

        static String encode(String text) {
            StringBuilder encoded = new StringBuilder();
            for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
                char c = (char) (unit & 0xFF);
                boolean isPlain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
                encoded.append(isPlain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
            }
            return encoded.toString();
        }

        static String decode(String text) {
            byte[] bytes = new byte[text.length()];
            int length = 0;
            for (int i = 0; i < text.length(); i++) {
                int high =
                        text.charAt(i) == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
                bytes[length++] = (byte) (low < 0 ? text.charAt(i) : high * 16 + low);
                i += low < 0 ? 0 : 2;
            }
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
    }
}
