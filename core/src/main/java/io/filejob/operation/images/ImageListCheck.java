package io.filejob.operation.images;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.ImageMark;
import io.filejob.ledger.Rejection;
import io.filejob.status.Rejected;
import io.filejob.status.RowCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Checks a list of images as a whole, before anything is fetched, in bounded memory. For one thread, once. */
public final class ImageListCheck implements ImageListVisitor {
    /** Number of bytes of text between two marks, as long as there are not too many. */
    private static final long MARK_BYTES = 64 << 10;

    private final ImageListReader reader;
    private final ImageListFiles files;
    private final boolean skips;
    private final RepeatedSerials serials;
    private final List<Rejection> problems = new ArrayList<>();
    private final List<Rejection> repeatedProblems = new ArrayList<>();
    private final List<ImageMark> marks = new ArrayList<>();
    private long markBytes = MARK_BYTES;
    private int lastFile;
    private long lastOffset;
    /** Number of bytes of text since the last mark. */
    private long passed;

    private long rejected;
    /** Number of problems of rows with another problem. */
    private long further;

    private long used;
    private long images;
    private long repeated;
    private long[] repeatedRows = new long[0];
    private long[] repeatedImages = new long[0];

    /**
     * Creates a check of {@code files}.
     *
     * @param skips whether bad rows are counted and skipped; if not, they fail the check
     * @param memory the maximum size of what it holds, in bytes
     */
    public ImageListCheck(ImageListReader reader, ImageListFiles files, boolean skips, long memory) {
        this.reader = reader;
        this.files = files;
        this.skips = skips;
        this.serials = new RepeatedSerials(memory / 2);
    }

    /**
     * Returns the checked list. Throws {@link JobFailedException} with all problems, up to {@value
     * ImageListProblems#MAX_SHOWN}, if it cannot be processed.
     */
    public CheckedImageList run() {
        List<Rejection> fatal = reader.readAll(repeatedRows, this).stream()
                .map(BadListRow::rejection)
                .toList();
        findRepeated();
        List<Rejection> all = Stream.of(problems, repeatedProblems, fatal)
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Rejection::file).thenComparingLong(Rejection::line))
                .limit(ImageListProblems.MAX_SHOWN)
                .toList();
        long number = rejected + further + repeated + fatal.size();
        if (!skips && number > 0) {
            throw ImageListProblems.ofRows(all, number, files::name);
        }
        if (!fatal.isEmpty()) {
            throw ImageListProblems.ofRows(fatal, fatal.size(), files::name);
        }
        if (repeated > ImageListPartial.MAX_DUPLICATES) {
            throw new JobFailedException(
                    ExitCode.BAD_INPUT,
                    String.format(
                            Locale.ROOT,
                            "the list of images has %,d rows with the serial number of an earlier row (limit %,d);"
                                    + " is another column of spec.operation.compressImages.columns the serial number?",
                            repeated,
                            ImageListPartial.MAX_DUPLICATES));
        }
        return new CheckedImageList(
                list(),
                new RowCounts(used + rejected, used - repeated, rejected + repeated),
                all.stream().limit(Rejected.MAX_SAMPLES).toList());
    }

    private ImageListPartial list() {
        List<ImageMark> counted = new ArrayList<>();
        int index = 0;
        long ofRepeated = 0;
        for (ImageMark mark : marks) {
            while (index < repeatedRows.length && repeatedRows[index] < mark.row()) {
                ofRepeated += repeatedImages[index++];
            }
            counted.add(new ImageMark(mark.file(), mark.offset(), mark.row(), mark.image() - ofRepeated, mark.line()));
        }
        return ImageListPartial.of(images - Arrays.stream(repeatedImages).sum(), counted, repeatedRows);
    }

    @Override
    public void row(ImageListRow row) {
        mark(row);
        used++;
        images += row.urls().size();
        serials.add(row.serial());
    }

    @Override
    public void bad(BadListRow row) {
        rejected++;
        if (problems.size() < ImageListProblems.MAX_SHOWN) {
            problems.add(row.rejection());
        }
    }

    @Override
    public void alsoBad(BadListRow row) {
        // Samples and counts of skipped rows have one problem a row.
        if (skips) {
            return;
        }
        further++;
        if (problems.size() < ImageListProblems.MAX_SHOWN) {
            problems.add(row.rejection());
        }
    }

    /** Marks a row if enough text precedes it; each second mark is removed when there are too many. */
    private void mark(ImageListRow row) {
        passed += row.offset() - (row.file() == lastFile ? lastOffset : 0);
        lastFile = row.file();
        lastOffset = row.offset();
        if (passed < markBytes) {
            return;
        }
        passed = 0;
        marks.add(new ImageMark(row.file(), row.offset(), row.number(), images, row.line() - 1));
        if (marks.size() > ImageListPartial.MAX_MARKS) {
            for (int i = marks.size() - 2; i >= 0; i -= 2) {
                marks.remove(i);
            }
            markBytes *= 2;
        }
    }

    /** Reads the list again, once if there are equal hashes, and more often if not all serial numbers fit into memory. */
    private void findRepeated() {
        while (!searchParts()) {
            repeated = 0;
            repeatedProblems.clear();
            serials.divide();
            readSerials();
        }
        sortRepeated();
    }

    /** Searches all parts; returns false if one of them does not fit into memory. */
    private boolean searchParts() {
        do {
            if (serials.isFull()) {
                return false;
            }
            if (serials.hasCandidates()) {
                reader.readAll(new long[0], row -> {
                    if (serials.isRepeated(row.serial())) {
                        repeated(row);
                    }
                });
            }
        } while (nextPart());
        return true;
    }

    private boolean nextPart() {
        if (!serials.next()) {
            return false;
        }
        readSerials();
        return true;
    }

    private void readSerials() {
        reader.readAll(new long[0], row -> serials.add(row.serial()));
    }

    private void repeated(ImageListRow row) {
        if (repeated < ImageListPartial.MAX_DUPLICATES) {
            int at = (int) repeated;
            if (at == repeatedRows.length) {
                repeatedRows = Arrays.copyOf(repeatedRows, Math.max(16, 2 * at));
                repeatedImages = Arrays.copyOf(repeatedImages, Math.max(16, 2 * at));
            }
            repeatedRows[at] = row.number();
            repeatedImages[at] = row.urls().size();
        }
        repeated++;
        repeatedProblems.add(row.repeated().rejection());
        if (repeatedProblems.size() > 2 * ImageListProblems.MAX_SHOWN) {
            keepFirst();
        }
    }

    /** Each part of the serial numbers has rows anywhere in the list. */
    private void keepFirst() {
        repeatedProblems.sort(Comparator.comparingLong(Rejection::file).thenComparingLong(Rejection::line));
        repeatedProblems
                .subList(ImageListProblems.MAX_SHOWN, repeatedProblems.size())
                .clear();
    }

    private void sortRepeated() {
        int count = (int) Math.min(repeated, ImageListPartial.MAX_DUPLICATES);
        long[][] pairs = new long[count][];
        for (int i = 0; i < count; i++) {
            pairs[i] = new long[] {repeatedRows[i], repeatedImages[i]};
        }
        Arrays.sort(pairs, Comparator.comparingLong(pair -> pair[0]));
        repeatedRows = Arrays.stream(pairs).mapToLong(pair -> pair[0]).toArray();
        repeatedImages = Arrays.stream(pairs).mapToLong(pair -> pair[1]).toArray();
    }
}
