package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.oneline.ManifestDraft;
import io.filejob.storage.Storage;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code filejob images}. */
@Command(
        name = "images",
        description = "Fetches, compresses and stores the images that the rows of CSV files name by URL.",
        footerHeading = OneLineCommand.EXAMPLES,
        footer = {
            "  filejob images catalogue.csv --to out/ -o catalogue-with-images.csv",
            "  filejob images catalogue.csv --to out/ --image-format webp --max-size 200Ki",
            "  filejob images catalogue.csv --to s3://shop/images/ --manifest > job.yaml"
        })
final class ImagesCommand extends RowsCommand {
    private static final String PATH = "spec.operation.compressImages.";
    /** The name of a file, and not a pattern or standard input, without what tells its format. */
    private static final Pattern INPUT =
            Pattern.compile("(?<stem>[\\p{L}\\p{N}_][^*?\\[\\]{}\\\\:]*?)([.](csv|tsv|txt))?([.](gz|zst|zip))?");

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            required = true,
            description = "The folder, or s3://bucket/prefix/, for the compressed images, and for the rows with their"
                    + " names unless -o names a file: catalogue-with-images.csv for catalogue.csv.")
    private String to;

    @Option(
            names = "--serial",
            paramLabel = "COLUMN",
            description = "The column of serial numbers. Default: S. No.; case, blanks and dots do not count.")
    private @Nullable String serial;

    @Option(
            names = "--product",
            paramLabel = "COLUMN",
            description = "The column of product names. Default: Product Name.")
    private @Nullable String product;

    @Option(
            names = "--urls",
            paramLabel = "COLUMN",
            description = "The column of URLs, separated by commas. Default: Input Image Urls.")
    private @Nullable String urls;

    @Option(names = "--quality", paramLabel = "1-100", description = "The quality of the encoder. Default: 50.")
    private @Nullable Integer quality;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            description = "Choose the best quality with which an image has at most this size: 200Ki, or 50%% of the"
                    + " original.")
    private @Nullable String size;

    @Option(names = "--scale", paramLabel = "PERCENT", description = "Scale width and height to this percentage.")
    private @Nullable Integer scale;

    @Option(
            names = "--image-format",
            paramLabel = "FORMAT",
            description = "jpeg, png, webp or avif. Default: that of the original (same).")
    private @Nullable String imageFormat;

    @Override
    void operation(ManifestDraft draft, ObjectNode operation) {
        ObjectNode images = operation.putObject("compressImages");
        column(images, "serial", serial);
        column(images, "name", product);
        column(images, "urls", urls);
        images.putObject("to").put("uri", to);
        if (quality != null) {
            images.put("quality", quality);
        }
        if (size != null) {
            images.put("targetBytes", size);
        }
        if (scale != null) {
            images.put("scale", scale);
        }
        if (imageFormat != null) {
            images.put("format", imageFormat.toLowerCase(Locale.ROOT));
        }
        draft.from(PATH + "to", "--to")
                .from(PATH + "columns", "--serial, --product and --urls")
                .from(PATH + "columns.serial", "--serial")
                .from(PATH + "columns.name", "--product")
                .from(PATH + "columns.urls", "--urls")
                .from(PATH + "quality", "--quality")
                .from(PATH + "targetBytes", "--max-size")
                .from(PATH + "scale", "--scale")
                .from(PATH + "format", "--image-format");
    }

    /** Returns standard output if the rows are to be printed, else a file in the folder of the images, named after the input. */
    @Override
    String defaultOutput() {
        if (format() == ResultFormat.CSV) {
            return StandardStreams.NAME;
        }
        String input = files().getFirst();
        Matcher name = INPUT.matcher(input.substring(input.lastIndexOf('/') + 1));
        return to + (to.endsWith("/") ? "" : "/") + (name.matches() ? name.group("stem") : "rows") + "-with-images.csv";
    }

    /** Creates the folder of the images, which otherwise the first image does, for the file in it. */
    @Override
    void prepare(FileJob job) {
        if (hasDefaultOutput()) {
            try (Storage storage =
                    Storage.of(job.spec(), base(), secrets(), locations().mounts())) {
                storage.results(to).create();
            }
        }
    }

    private static void column(ObjectNode images, String field, @Nullable String column) {
        if (column != null) {
            images.withObject("/columns").put(field, column);
        }
    }
}
