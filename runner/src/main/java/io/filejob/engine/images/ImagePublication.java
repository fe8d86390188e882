package io.filejob.engine.images;

import io.filejob.coverage.Coverage;
import io.filejob.engine.Publication;
import io.filejob.file.PendingFile;
import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.LostPartialException;
import io.filejob.ledger.SliceResult;
import io.filejob.operation.images.BadListRow;
import io.filejob.operation.images.ImageListColumns;
import io.filejob.operation.images.ImageListFiles;
import io.filejob.operation.images.ImageListReader;
import io.filejob.operation.images.ImageListRow;
import io.filejob.operation.images.ImageListVisitor;
import io.filejob.output.CsvWriter;
import io.filejob.output.RowOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes the rows with the URLs of their images, and the bad records, in file order. For one thread. */
final class ImagePublication {
    private final Publication publication;
    private final ImageListReader reader;
    private final ImageListFiles files;
    private final ImageFolder folder;
    private final OutcomeStore outcomes;

    ImagePublication(
            Publication publication,
            ImageListReader reader,
            ImageListFiles files,
            ImageFolder folder,
            OutcomeStore outcomes) {
        this.publication = publication;
        this.reader = reader;
        this.files = files;
        this.folder = folder;
        this.outcomes = outcomes;
    }

    SliceResult publish(int slice, Coverage covered) {
        ImageListPartial list = ImageListPartials.of(covered);
        ImageListColumns columns = reader.columns();
        return publication.publishWithRejects(slice, covered, (output, out, rejects) -> {
            out.begin();
            if (output.header() && !columns.names().isEmpty()) {
                List<String> header = new ArrayList<>(columns.names());
                header.add(ImageListColumns.OUTPUT_URLS);
                byte[] record = CsvWriter.record(header);
                out.write(record, 0, record.length);
            }
            StoredImages stored = new StoredImages(covered, list, outcomes);
            reader.readAll(list.duplicateRows(), new RowWriter(covered, stored, out::write, rejects));
        });
    }

    /** Writes rows as they are read. */
    private final class RowWriter implements ImageListVisitor {
        private final Coverage covered;
        private final StoredImages stored;
        private final RowOutput.Bytes out;
        private final @Nullable PendingFile rejects;

        RowWriter(Coverage covered, StoredImages stored, RowOutput.Bytes out, @Nullable PendingFile rejects) {
            this.covered = covered;
            this.stored = stored;
            this.out = out;
            this.rejects = rejects;
        }

        @Override
        public void row(ImageListRow row) {
            StringJoiner urls = new StringJoiner(",");
            List<StoredImages.StoredImage> images = stored.of(row);
            for (int i = 0; i < images.size(); i++) {
                String name = images.get(i).name();
                String reason = images.get(i).reason();
                if (name != null) {
                    check(images.get(i).slice(), name);
                }
                urls.add(name == null ? "" : folder.uri(name));
                if (reason != null) {
                    reject(
                            row.file(),
                            row.line(),
                            row.urlsColumn(),
                            reason,
                            row.urls().get(i).getBytes(StandardCharsets.UTF_8));
                }
            }
            byte[][] fields = row.fields();
            byte[][] record = Arrays.copyOf(fields, fields.length + 1);
            record[fields.length] = urls.toString().getBytes(StandardCharsets.UTF_8);
            CsvWriter.writeRecord(out, record);
        }

        @Override
        public void bad(BadListRow row) {
            reject(row.file(), row.line(), row.column(), row.reason(), row.record());
        }

        private void reject(int file, long line, @Nullable String column, String reason, byte[] record) {
            if (rejects != null) {
                CsvWriter.writeRecord(
                        rejects::write,
                        files.name(file).getBytes(StandardCharsets.UTF_8),
                        Long.toString(line).getBytes(StandardCharsets.UTF_8),
                        (column == null ? "" : column).getBytes(StandardCharsets.UTF_8),
                        reason.getBytes(StandardCharsets.UTF_8),
                        record);
            }
        }

        /** Images of a single copy were there when its worker reported it; several copies may hide a lost image. */
        private void check(int slice, String name) {
            if (covered.hasAlternative(slice) && !folder.exists(name)) {
                throw new LostPartialException(
                        name, slice, "the image " + folder.uri(name) + ", which a worker has stored, is missing", null);
            }
        }
    }
}
