package io.filejob.storage.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code KEY=VALUE} lines, as for {@code kubectl create secret --from-env-file}, with quotes as dotenv has them: a
 * value in single quotes is literal, one in double quotes may have the escapes {@code \n}, {@code \r}, {@code \t}, {@code
 * \"}, {@code \\} and {@code \$}; both may have several lines.
 */
final class EnvironmentFile {
    private static final Pattern ENTRY = Pattern.compile(
            "(?m)^[ \\t]*(?:export[ \\t]+)?(?<key>[^#=\\s][^=\\n]*?)[ \\t]*=[ \\t]*"
                    + "(?:'(?<literal>[^']*)'[ \\t]*(?:#.*)?$|\"(?<escaped>(?:[^\"\\\\]|\\\\[\\s\\S])*+)\"[ \\t]*(?:#.*)?$|(?<plain>.*)$)");

    private static final Pattern ESCAPE = Pattern.compile("\\\\([nrt\"\\\\$])");

    private EnvironmentFile() {}

    /** Returns the values by key; other lines, such as comments, are skipped. */
    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher entries = ENTRY.matcher(text.replace("\r\n", "\n"));
        while (entries.find()) {
            values.put(entries.group("key"), value(entries));
        }
        return values;
    }

    private static String value(Matcher entry) {
        if (entry.group("literal") != null) {
            return entry.group("literal");
        }
        String escaped = entry.group("escaped");
        if (escaped == null) {
            return entry.group("plain").strip();
        }
        return ESCAPE.matcher(escaped)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        switch (escape.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            case "t" -> "\t";
                            default -> escape.group(1);
                        }));
    }
}
