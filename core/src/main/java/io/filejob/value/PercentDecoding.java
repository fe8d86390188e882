package io.filejob.value;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Decodes {@code %XX} as bytes of UTF-8 (RFC 3986, section 2.1). */
public final class PercentDecoding {
    private PercentDecoding() {}

    /** Decodes {@code text}; {@link JobFailedException} if a percent sign has no two digits. */
    public static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '%') {
                bytes.write(byteAt(text, i));
                i += 3;
            } else {
                int next = text.indexOf('%', i) < 0 ? text.length() : text.indexOf('%', i);
                bytes.writeBytes(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
                i = next;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int byteAt(String text, int percent) {
        int high = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 1), 16) : -1;
        int low = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    text + " has a % without two hexadecimal digits after it: write %25 for a percent sign");
        }
        return high << 4 | low;
    }
}
