package io.filejob.operation.images;

import io.filejob.value.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URLs in one field of a list of images, separated by commas. */
final class ImageUrls {
    private static final Pattern HTTP =
            Pattern.compile("(?i:https?)://([^/?#@:\\\\\\[\\]]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{0,5})?([/?#].*)?");
    private static final Pattern S3 = Pattern.compile(Location.S3_SCHEME + Location.S3_PLACE + "[^/]");
    private static final Pattern FILE = Pattern.compile("(?i:file):(//(?i:localhost)?)?/(?!/).*[^/]");
    private static final Pattern BLANK_OR_CONTROL = Pattern.compile("[\\s\\p{Cntrl}]");

    private static final String NOT_A_URL =
            "not an absolute http:, https:, s3: or file: URL (%2C is a comma within a URL)";
    /** The number of bad entries that a message names. */
    private static final int MAX_ENTRIES = 10;

    private ImageUrls() {}

    /** Returns the URLs without blanks around them; an entry between two commas, or an empty field, may be empty. */
    static List<String> split(String field) {
        List<String> urls = new ArrayList<>();
        for (String url : field.split(",", -1)) {
            urls.add(url.strip());
        }
        return urls;
    }

    /** Returns why a field is not a list of URLs, for each bad entry; null if it is one. */
    static @Nullable String problem(List<String> urls) {
        if (urls.size() == 1 && urls.getFirst().isEmpty()) {
            return "no URL";
        }
        List<String> empty = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            if (!isUrl(urls.get(i))) {
                (urls.get(i).isEmpty() ? empty : bad).add(Integer.toString(i + 1));
            }
        }
        if (urls.size() == 1) {
            return bad.isEmpty() ? null : NOT_A_URL;
        }
        StringJoiner problems = new StringJoiner("; ");
        describe(problems, empty, "empty");
        describe(problems, bad, NOT_A_URL);
        return problems.length() == 0 ? null : problems.toString();
    }

    /** Names the first of {@code entries}, and how many there are. */
    private static void describe(StringJoiner problems, List<String> entries, String problem) {
        if (entries.isEmpty()) {
            return;
        }
        String shown = String.join(", ", entries.subList(0, Math.min(MAX_ENTRIES, entries.size())));
        String more = entries.size() > MAX_ENTRIES ? " and " + (entries.size() - MAX_ENTRIES) + " more" : "";
        problems.add((entries.size() == 1 ? "entry " + shown + " is " : "entries " + shown + more + " are ") + problem);
    }

    private static boolean isUrl(String url) {
        return !BLANK_OR_CONTROL.matcher(url).find()
                && (HTTP.matcher(url).matches()
                        || S3.matcher(url).matches()
                        || FILE.matcher(url).matches());
    }
}
