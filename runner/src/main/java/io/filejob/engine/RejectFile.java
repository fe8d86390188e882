package io.filejob.engine;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.coverage.LineNumbers;
import io.filejob.csv.ByteSource;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.file.Target;
import io.filejob.ledger.LostPartialException;
import io.filejob.ledger.RejectsFile;
import io.filejob.ledger.SliceResult;
import io.filejob.output.CsvWriter;
import io.filejob.plan.Slicing;
import io.filejob.storage.compression.SourceStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects all bad records, in file order and with their true lines, in a CSV file for the user. */
final class RejectFile {
    private static final List<String> HEADER = List.of("source", "line", "column", "reason", "record");

    private final @Nullable Folder partials;
    private final Coverage coverage;

    RejectFile(@Nullable Folder partials, Coverage coverage) {
        this.partials = partials;
        this.coverage = coverage;
    }

    /** Begins a file with its header; it becomes visible when it is committed. */
    static PendingFile begin(Target target, String attempt) {
        PendingFile file = target.destination().create(target.name(), attempt);
        put(file, CsvWriter.record(HEADER));
        return file;
    }

    /** Writes the file, which becomes visible when it is complete. */
    void write(Target target, String attempt) {
        try (PendingFile file = begin(target, attempt)) {
            List<Long> linesBefore = LineNumbers.before(coverage);
            List<SliceResult> results = coverage.results();
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).rejects() != null) {
                    copy(results.get(i), Objects.requireNonNull(partials), linesBefore.get(i), file);
                }
            }
            file.commit();
        }
    }

    private void copy(SliceResult result, Folder folder, long linesBefore, PendingFile file) {
        RejectsFile kept = Objects.requireNonNull(result.rejects());
        String name = kept.name();
        PartFile.check(folder, kept);
        Slicing slicing = coverage.plan().slicing();
        long firstFile = slicing.fileAt(result.start());
        try (ByteSource source = folder.open(name);
                DataInputStream in = new DataInputStream(new BufferedInputStream(new SourceStream(source)))) {
            for (long left = result.rows().rejected(); left > 0; left--) {
                int number = in.readInt();
                long line = in.readLong() + (number == firstFile ? linesBefore : 0);
                byte[] column = bytes(in);
                byte[] reason = bytes(in);
                byte[] sourceName = slicing.source(number).getBytes(StandardCharsets.UTF_8);
                byte[] lineNumber = Long.toString(line).getBytes(StandardCharsets.UTF_8);
                CsvWriter.writeRecord(file::write, sourceName, lineNumber, column, reason, bytes(in));
            }
        } catch (IOException e) {
            throw new LostPartialException(
                    name, "the bad records in " + folder.location(name) + " cannot be read back", e);
        }
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = Math.max(0, in.readInt());
        if (length > FileJobSpec.MAX_RECORD) {
            throw new EOFException("a record of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static void put(PendingFile file, byte[] record) {
        file.write(record, 0, record.length);
    }
}
