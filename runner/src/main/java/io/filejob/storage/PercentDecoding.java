package io.filejob.storage;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** RFC 3986, section 2.1: the bytes behind {@code %XX}, in UTF-8. */
final class PercentDecoding {
    private PercentDecoding() {}

    static String decode(String text) {
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
        try {
            return Integer.parseInt(text, percent + 1, percent + 3, 16);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    "file:" + text + " has a % without two hexadecimal digits after it: write %25 for a percent sign",
                    e);
        }
    }
}
