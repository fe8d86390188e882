package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.operation.images.ImageListColumns;
import io.filejob.spec.images.CompressImagesSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An image of a list, before and after its compression.
 *
 * @param number its number on the page, from 0
 * @param name the name of the product
 * @param before the location of the image in the list
 * @param after the location of the compressed image; empty if it has failed
 */
record ImageRow(int number, String name, String before, String after) {
    private static final int MAX_IMAGES = 24;

    /** Returns the first images of {@code output}, the result of {@code job}. */
    static List<ImageRow> of(FileJob job, CsvPreview output) {
        CompressImagesSpec spec = Objects.requireNonNull(job.spec().operation().compressImages());
        int names = index(output.columns(), spec.columns().name());
        int inputs = index(output.columns(), spec.columns().urls());
        int outputs = index(output.columns(), ImageListColumns.OUTPUT_URLS);
        List<ImageRow> images = new ArrayList<>();
        for (List<String> row : output.rows()) {
            String[] before = field(row, inputs).split(",", -1);
            String[] after = field(row, outputs).split(",", -1);
            for (int i = 0; i < before.length && images.size() < MAX_IMAGES; i++) {
                String compressed = i < after.length ? after[i].strip() : "";
                images.add(new ImageRow(images.size(), field(row, names), before[i].strip(), compressed));
            }
        }
        return images;
    }

    private static String field(List<String> row, int index) {
        return index >= 0 && index < row.size() ? row.get(index) : "";
    }

    private static int index(List<String> columns, String wanted) {
        if (wanted.matches("#[0-9]{1,4}")) {
            return Integer.parseInt(wanted.substring(1)) - 1;
        }
        return columns.stream().map(ImageRow::plain).toList().indexOf(plain(wanted));
    }

    /** Removes the characters that do not count in names of columns. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[ .]", "");
    }

    /** Returns the name of the compressed image's file. */
    public String file() {
        return after.substring(after.lastIndexOf('/') + 1);
    }

    /** Returns whether the image in the list can be opened by a browser. */
    public boolean isOnTheWeb() {
        return before.startsWith("http://") || before.startsWith("https://");
    }

    /** Returns whether the image has failed. */
    public boolean hasFailed() {
        return after.isEmpty();
    }
}
