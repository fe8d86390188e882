package io.filejob.operation.images;

import io.filejob.bytes.Utf8;
import io.filejob.csv.BadRecord;
import io.filejob.csv.BadRecordSink;
import io.filejob.csv.Batch;
import io.filejob.csv.ByteSource;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.csv.FileRange;
import io.filejob.csv.OnBad;
import io.filejob.csv.RangeOutcome;
import io.filejob.csv.RowReader;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.ImageMark;
import io.filejob.spec.images.ImageColumnsSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a list of images, and numbers rows and images: the same in every stage and on every worker. A row is
 * good if it has a serial number and nothing but URLs, is UTF-8, and is not one of the repeated ones. For one thread.
 */
public final class ImageListReader {
    private final CsvDialect dialect;
    private final ImageColumnsSpec wanted;
    private final int recordLimit;
    private final ImageListFiles files;
    private @Nullable ImageListColumns columns;
    private @Nullable ImageListPartial decoded;
    private List<ImageMark> marks = List.of();
    private long[] repeatedRows = {};

    /** Creates a reader of {@code files}; records may have up to {@code recordLimit} bytes. */
    public ImageListReader(CsvDialect dialect, ImageColumnsSpec wanted, int recordLimit, ImageListFiles files) {
        this.dialect = dialect;
        this.wanted = wanted;
        this.recordLimit = recordLimit;
        this.files = files;
    }

    /**
     * Returns the columns of all files, those of a list without any text are empty. Throws {@link JobFailedException} with
     * all problems if columns are missing or doubled in a file, or differ from those of the first one.
     */
    public ImageListColumns columns() {
        if (columns == null) {
            columns = found();
        }
        return columns;
    }

    private ImageListColumns found() {
        RowReader reader = RowReader.ofAllColumns(dialect, OnBad.SKIP, BadRecordSink.NONE, recordLimit);
        List<String> problems = new ArrayList<>();
        ImageListColumns first = null;
        String firstFile = "";
        for (int file = 0; file < files.count(); file++) {
            List<String> names = names(reader, file);
            if (names.isEmpty()) {
                continue;
            }
            if (first == null) {
                firstFile = files.name(file);
                first = ImageListColumns.find(firstFile, names, wanted, problems);
            } else {
                first.compare(files.name(file), names, firstFile, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw ImageListProblems.ofColumns(problems);
        }
        return first == null ? new ImageListColumns(List.of(), 0, 0) : first;
    }

    private List<String> names(RowReader reader, int file) {
        try (ByteSource source = files.open(file, false)) {
            return reader.columns(source);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private JobFailedException unreadable(int file, IOException e) {
        return new JobFailedException(
                ExitCode.NO_INPUT, "input " + files.name(file) + " cannot be read: " + IoReason.of(e), e);
    }

    /**
     * Reads all rows; {@code repeated} are the numbers of rows that are bad because of their serial numbers. Returns the
     * records after which a file cannot be read, with a quote that is never closed or too long: at most one for each file.
     */
    public List<BadListRow> readAll(long[] repeated, ImageListVisitor visitor) {
        RowPass pass = new RowPass(columns(), repeated, visitor);
        List<BadListRow> fatal = new ArrayList<>();
        for (int file = 0; file < files.count(); file++) {
            pass.read(file, false, 0, Long.MAX_VALUE, 0).ifPresent(fatal::add);
        }
        return fatal;
    }

    /** Reads the rows with images {@code [first, end)} of a list that has been checked, and perhaps rows around them. */
    public void read(ImageListPartial list, long first, long end, ImageListVisitor visitor) {
        if (!list.equals(decoded)) {
            marks = list.decodedMarks();
            repeatedRows = list.duplicateRows();
            decoded = list;
        }
        RowPass pass = new RowPass(columns(), repeatedRows, visitor);
        ImageMark from = ImageMark.START;
        for (ImageMark mark : marks) {
            from = mark.image() <= first ? mark : from;
        }
        pass.row = from.row();
        pass.image = from.image();
        long offset = from.offset();
        long line = from.line();
        for (int file = from.file(); file < files.count() && pass.image < end; file++) {
            pass.read(file, true, offset, firstAfter(file, end), line);
            offset = 0;
            line = 0;
        }
    }

    /** Returns the offset of the first mark in {@code file} that is after all images before {@code end}. */
    private long firstAfter(int file, long end) {
        return marks.stream()
                .filter(mark -> mark.file() == file && mark.image() >= end)
                .mapToLong(ImageMark::offset)
                .filter(offset -> offset > 0)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /** Reads files one after the other. */
    private final class RowPass implements BadRecordSink {
        private final ImageListColumns found;
        private final long[] repeated;
        private final ImageListVisitor visitor;
        private final FieldText text = new FieldText(dialect);
        private final RowReader reader = RowReader.ofAllColumns(dialect, OnBad.SKIP, this, recordLimit);
        private int file;
        private long linesBefore;
        private long row;
        private long image;

        RowPass(ImageListColumns found, long[] repeated, ImageListVisitor visitor) {
            this.found = found;
            this.repeated = repeated;
            this.visitor = visitor;
        }

        Optional<BadListRow> read(int number, boolean ranged, long from, long to, long lines) {
            file = number;
            linesBefore = lines;
            try (ByteSource source = files.open(number, ranged)) {
                long size = source.size() == ByteSource.UNKNOWN ? Long.MAX_VALUE : source.size();
                RangeOutcome outcome =
                        reader.read(new FileRange(source, from, Math.min(to, size), OptionalLong.of(from)), this::use);
                source.checkUnchanged();
                BadRecord failure = outcome.failure();
                return failure == null ? Optional.empty() : Optional.of(bad(failure, new byte[0], 0, 0));
            } catch (IOException e) {
                throw unreadable(number, e);
            }
        }

        private BadListRow bad(BadRecord record, byte[] bytes, int from, int to) {
            return new BadListRow(
                    file,
                    linesBefore + record.line(),
                    record.column(),
                    record.reason(),
                    record.text(),
                    bytes,
                    from,
                    to);
        }

        @Override
        public void add(BadRecord record, byte[] bytes, int from, int to) {
            visitor.bad(bad(record, bytes, from, to));
        }

        private void use(Batch batch) {
            for (int i = 0; i < batch.rows; i++) {
                row(batch, i, linesBefore + batch.linesBefore(i) + 1);
                row++;
            }
        }

        private void row(Batch batch, int i, long line) {
            for (int column = 0; column < found.names().size(); column++) {
                text.of(batch.bytes, batch.begin(i, column), batch.end(i, column));
                if (!Utf8.isValid(text.bytes, text.from, text.to)) {
                    reject(batch, i, line, column, "not UTF-8");
                    return;
                }
            }
            String serial = field(batch, i, found.serial()).strip();
            List<String> urls = ImageUrls.split(field(batch, i, found.urls()));
            String problem = ImageUrls.problem(urls);
            if (serial.isEmpty()) {
                reject(batch, i, line, found.serial(), "no serial number");
                if (problem != null) {
                    visitor.alsoBad(bad(batch, i, line, found.urls(), problem));
                }
                return;
            }
            if (problem != null) {
                reject(batch, i, line, found.urls(), problem);
                return;
            }
            ImageListRow good = new ImageListRow(found, text, batch, i, file, row, image, line, serial, urls);
            if (repeated.length > 0 && Arrays.binarySearch(repeated, row) >= 0) {
                visitor.bad(good.repeated());
                return;
            }
            visitor.row(good);
            image += urls.size();
        }

        private String field(Batch batch, int i, int column) {
            text.of(batch.bytes, batch.begin(i, column), batch.end(i, column));
            return text.text();
        }

        private void reject(Batch batch, int i, long line, int column, String reason) {
            visitor.bad(bad(batch, i, line, column, reason));
        }

        private BadListRow bad(Batch batch, int i, long line, int column, String reason) {
            return new BadListRow(
                    file,
                    line,
                    found.names().get(column),
                    reason,
                    field(batch, i, column),
                    batch.bytes,
                    batch.recordStart(i),
                    batch.recordEnd(i));
        }
    }
}
