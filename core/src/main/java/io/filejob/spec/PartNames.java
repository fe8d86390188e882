package io.filejob.spec;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The names of the files of an output; if there are several, each has its number before the extension.
 *
 * @param name the output's name
 * @param parts the number of files
 */
public record PartNames(String name, int parts) {
    /** Returns the name of a part, counted from 1. */
    public String of(int part) {
        if (parts == 1) {
            return name;
        }
        String number = Integer.toString(part);
        return stem() + "0".repeat(Integer.toString(parts).length() - number.length()) + number + extension();
    }

    /** Returns the path or URI of part {@code part} of an output at {@code path}, whose last segment has the number. */
    public static String ofPath(String path, int part, int parts) {
        int name = path.lastIndexOf('/') + 1;
        return path.substring(0, name) + new PartNames(path.substring(name), parts).of(part);
    }

    /** Returns the text before the number. */
    public String stem() {
        return name.substring(0, dot()) + "-";
    }

    private String extension() {
        return name.substring(dot());
    }

    private int dot() {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name.length() : dot;
    }

    /** Returns a predicate for names that belong only to an output of the same name with another number of parts. */
    public Predicate<String> others() {
        Pattern number = Pattern.compile(Pattern.quote(stem()) + "([0-9]{1,4})" + Pattern.quote(extension()));
        return each -> {
            var match = number.matcher(each);
            if (!match.matches()) {
                return false;
            }
            int part = Integer.parseInt(match.group(1));
            return part >= 1 && part <= OutputSpec.MAX_PARTS && !(part <= parts && of(part).equals(each));
        };
    }
}
