package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of checking a list of images.
 *
 * @param images the number of images of the good rows
 * @param marks rows from which later stages can read on, five numbers each, relative to the one before: file, offset,
 * row, image and line; offset and line are absolute in another file
 * @param duplicates the rows that repeat a serial number, each relative to the one before
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"images", "marks", "duplicates"})
public record ImageListPartial(long images, PackedNumbers marks, PackedNumbers duplicates) implements Partial {
    /** The maximum number of rows that repeat a serial number. */
    public static final int MAX_DUPLICATES = 100_000;
    /** The maximum number of marks, which is exceeded only by one. */
    public static final int MAX_MARKS = 4096;

    private static final int MARK = 5;

    /** Refuses values that no list has, as forged ledgers may have them. */
    public ImageListPartial {
        Counts.check(images);
        if (marks.count() % MARK != 0
                || marks.count() > MARK * (MAX_MARKS + 1)
                || duplicates.count() > MAX_DUPLICATES) {
            throw new IllegalArgumentException("not a list of images");
        }
        long total = 0;
        for (int i = 0; i < duplicates.count(); i++) {
            total += duplicates.at(i);
        }
        Counts.check(total);
        for (ImageMark mark : decoded(marks)) {
            Counts.check(mark.offset(), mark.row(), mark.line());
            if (mark.image() > images) {
                throw new IllegalArgumentException("not a mark in a list of images");
            }
        }
    }

    /** Returns the result for these marks, in ascending order, and for these numbers of rows, in ascending order. */
    public static ImageListPartial of(long images, List<ImageMark> marks, long[] duplicates) {
        long[] numbers = new long[marks.size() * MARK];
        ImageMark before = ImageMark.START;
        int at = 0;
        for (ImageMark mark : marks) {
            boolean same = mark.file() == before.file();
            numbers[at++] = (long) mark.file() - before.file();
            numbers[at++] = mark.offset() - (same ? before.offset() : 0);
            numbers[at++] = mark.row() - before.row();
            numbers[at++] = mark.image() - before.image();
            numbers[at++] = mark.line() - (same ? before.line() : 0);
            before = mark;
        }
        long[] rows = duplicates.clone();
        for (int i = rows.length - 1; i > 0; i--) {
            rows[i] -= rows[i - 1];
        }
        return new ImageListPartial(images, PackedNumbers.of(numbers), PackedNumbers.of(rows));
    }

    /** Returns the marks in ascending order. */
    public List<ImageMark> decodedMarks() {
        return decoded(marks);
    }

    private static List<ImageMark> decoded(PackedNumbers marks) {
        List<ImageMark> all = new ArrayList<>(marks.count() / MARK);
        ImageMark before = ImageMark.START;
        for (int i = 0; i < marks.count(); i += MARK) {
            boolean same = marks.at(i) == 0;
            long file = before.file() + marks.at(i);
            if (file > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("not a file of a list of images");
            }
            before = new ImageMark(
                    (int) file,
                    marks.at(i + 1) + (same ? before.offset() : 0),
                    marks.at(i + 2) + before.row(),
                    marks.at(i + 3) + before.image(),
                    marks.at(i + 4) + (same ? before.line() : 0));
            all.add(before);
        }
        return all;
    }

    /** Returns the numbers of the rows that repeat a serial number, in ascending order. */
    public long[] duplicateRows() {
        long[] rows = new long[duplicates.count()];
        long row = 0;
        for (int i = 0; i < rows.length; i++) {
            row += duplicates.at(i);
            rows[i] = row;
        }
        return rows;
    }
}
