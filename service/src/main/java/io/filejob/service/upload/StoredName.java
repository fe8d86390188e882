package io.filejob.service.upload;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name under which the content of an upload is stored: only a known ending is taken from the name of its owner. */
final class StoredName {
    private static final Pattern ENDING = Pattern.compile("(\\.(?:csv|tsv|txt))?(\\.(?:gz|zst))?$");

    private StoredName() {}

    /** Returns, for example, {@code data.csv.gz}; the ending says how the content is compressed. */
    static String of(String name) {
        Matcher ending = ENDING.matcher(name.toLowerCase(Locale.ROOT));
        return "data" + (ending.find() ? ending.group() : "");
    }
}
