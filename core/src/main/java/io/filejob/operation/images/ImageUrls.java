package io.filejob.operation.images;

import io.filejob.value.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URLs in one field of a list of images, separated by commas. */
final class ImageUrls {
    private static final Pattern HTTP = Pattern.compile("(?i:https?)://[^/?#@]+([/?#].*)?");
    private static final Pattern S3 = Pattern.compile(Location.S3_SCHEME + Location.S3_PLACE + "[^/]");
    private static final Pattern FILE = Pattern.compile("(?i:file):(//(?i:localhost)?)?/(?!/).*[^/]");
    private static final Pattern BLANK_OR_CONTROL = Pattern.compile("[\\s\\p{Cntrl}]");

    private ImageUrls() {}

    /** Returns the URLs without blanks around them; an entry between two commas, or an empty field, may be empty. */
    static List<String> split(String field) {
        List<String> urls = new ArrayList<>();
        for (String url : field.split(",", -1)) {
            urls.add(url.strip());
        }
        return urls;
    }

    /** Returns why a field is not a list of URLs; null if it is one. */
    static @Nullable String problem(List<String> urls) {
        if (urls.size() == 1 && urls.getFirst().isEmpty()) {
            return "no URL";
        }
        for (int i = 0; i < urls.size(); i++) {
            if (!isUrl(urls.get(i))) {
                String which = urls.size() == 1 ? "" : "entry " + (i + 1) + " is ";
                return urls.get(i).isEmpty()
                        ? which + "empty"
                        : which + "not an absolute http:, https:, s3: or file: URL (%2C is a comma within a URL)";
            }
        }
        return null;
    }

    private static boolean isUrl(String url) {
        return !BLANK_OR_CONTROL.matcher(url).find()
                && (HTTP.matcher(url).matches()
                        || S3.matcher(url).matches()
                        || FILE.matcher(url).matches());
    }
}
