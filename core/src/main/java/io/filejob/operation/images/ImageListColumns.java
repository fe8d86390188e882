package io.filejob.operation.images;

import io.filejob.failure.Excerpt;
import io.filejob.spec.images.ImageColumnsSpec;
import io.filejob.value.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a list of images.
 *
 * @param names the names of all columns of the files
 * @param serial the index of the column of serial numbers
 * @param urls the index of the column of URLs
 */
public record ImageListColumns(List<String> names, int serial, int urls) {
    /** The column that the output has in addition. */
    public static final String OUTPUT_URLS = "Output Image Urls";

    private static final int NONE = -1;
    private static final int MAX_NAMES = 50;
    private static final int MAX_NAME = 100;

    /** Finds the columns of {@code file}, and adds a problem for each that is missing or doubled. */
    static ImageListColumns find(String file, List<String> names, ImageColumnsSpec columns, List<String> problems) {
        int serial = index(file, names, columns.serial(), problems);
        int name = index(file, names, columns.name(), problems);
        int urls = index(file, names, columns.urls(), problems);
        if ((serial != NONE && (serial == urls || serial == name)) || (urls != NONE && urls == name)) {
            problems.add(file + ": two of the columns in spec.operation.compressImages.columns are one column ("
                    + shown(names) + "); name three");
        }
        if (names.stream().anyMatch(each -> isSame(each, OUTPUT_URLS))) {
            problems.add(file + ": it has the column \"" + OUTPUT_URLS + "\", which the output adds; rename it");
        }
        return new ImageListColumns(names, serial, urls);
    }

    private static int index(String file, List<String> names, String wanted, List<String> problems) {
        List<Integer> found = IntStream.range(0, names.size())
                .filter(i -> isSame(names.get(i), wanted))
                .boxed()
                .toList();
        if (found.isEmpty() && wanted.matches("#[1-9][0-9]{0,5}")) {
            int position = Integer.parseInt(wanted, 1, wanted.length(), 10) - 1;
            if (position < names.size()) {
                return position;
            }
        }
        if (found.size() != 1) {
            problems.add(file + ": " + (found.isEmpty() ? "no column \"" : "two columns \"") + wanted + "\"; it has "
                    + shown(names) + (found.isEmpty() ? Spelling.hint(wanted, names) : ""));
            return NONE;
        }
        return found.getFirst();
    }

    /** Adds a problem if the columns of {@code file} are not those of the first file. */
    void compare(String file, List<String> others, String firstFile, List<String> problems) {
        boolean same = others.size() == names.size()
                && IntStream.range(0, names.size()).allMatch(i -> isSame(others.get(i), names.get(i)));
        if (!same) {
            problems.add(file + ": its columns (" + shown(others) + ") are not those of " + firstFile + " ("
                    + shown(names) + "); give all files the same columns in the same order");
        }
    }

    /** Returns whether two names are equal without case, blanks and dots. */
    private static boolean isSame(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return name.replaceAll("[\\s\\h.]", "").toLowerCase(Locale.ROOT);
    }

    private static String shown(List<String> names) {
        List<String> all = new ArrayList<>(names.subList(0, Math.min(MAX_NAMES, names.size())));
        String list = all.stream()
                .map(name -> "\"" + Excerpt.of(name, MAX_NAME) + "\"")
                .collect(Collectors.joining(", "));
        return names.size() <= MAX_NAMES ? list : list + " and " + (names.size() - MAX_NAMES) + " more";
    }
}
