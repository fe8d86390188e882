package io.filejob.operation.images;

import io.filejob.csv.Batch;
import io.filejob.csv.FieldText;
import java.util.Arrays;
import java.util.List;

/** A good row of a list of images; valid until the next one is read. Not thread-safe. */
public final class ImageListRow {
    private final ImageListColumns columns;
    private final FieldText text;
    private final Batch batch;
    private final int row;
    private final int file;
    private final long number;
    private final long firstImage;
    private final long line;
    private final String serial;
    private final List<String> urls;

    ImageListRow(
            ImageListColumns columns,
            FieldText text,
            Batch batch,
            int row,
            int file,
            long number,
            long firstImage,
            long line,
            String serial,
            List<String> urls) {
        this.columns = columns;
        this.text = text;
        this.batch = batch;
        this.row = row;
        this.file = file;
        this.number = number;
        this.firstImage = firstImage;
        this.line = line;
        this.serial = serial;
        this.urls = urls;
    }

    /** Returns the number of its file. */
    public int file() {
        return file;
    }

    /** Returns the offset of its first byte in its file. */
    long offset() {
        return batch.offset(row);
    }

    /** Returns the number of well-formed rows before it, in all files. */
    long number() {
        return number;
    }

    /** Returns the number of images before it, in all files. */
    public long firstImage() {
        return firstImage;
    }

    /** Returns the physical line in which it begins, from 1. */
    public long line() {
        return line;
    }

    /** Returns the serial number, without blanks around it. */
    public String serial() {
        return serial;
    }

    /** Returns the URLs of its images, at least one. */
    public List<String> urls() {
        return urls;
    }

    /** Returns the name of the column of URLs, for messages. */
    public String urlsColumn() {
        return columns.names().get(columns.urls());
    }

    /** Returns the text of each field. */
    public byte[][] fields() {
        byte[][] fields = new byte[columns.names().size()][];
        for (int i = 0; i < fields.length; i++) {
            text.of(batch.bytes, batch.begin(row, i), batch.end(row, i));
            fields[i] = Arrays.copyOfRange(text.bytes, text.from, text.to);
        }
        return fields;
    }

    /** Returns the problem of this row with its serial number. */
    BadListRow repeated() {
        return new BadListRow(
                file,
                line,
                columns.names().get(columns.serial()),
                BadListRow.REPEATED,
                serial,
                batch.bytes,
                batch.recordStart(row),
                batch.recordEnd(row));
    }
}
