package io.filejob.operation.linecount;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FileRange;
import io.filejob.csv.RangeOutcome;
import io.filejob.csv.RowReader;
import io.filejob.engine.FileSlices;
import io.filejob.engine.InputCheck;
import io.filejob.engine.OperationEngine;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.Publication;
import io.filejob.engine.RejectLog;
import io.filejob.engine.SliceContent;
import io.filejob.engine.SliceName;
import io.filejob.engine.SliceWork;
import io.filejob.ledger.Partial;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.FileSlicing;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** The work of {@code lineCount}. */
public final class LineCountEngine implements OperationEngine<LineCountSpec> {
    @Override
    public Class<LineCountSpec> settings() {
        return LineCountSpec.class;
    }

    @Override
    public SliceWork slices(LineCountSpec settings, OperationSetup setup) {
        FileSlicing files = (FileSlicing) setup.plan().slicing();
        RejectLog rejects = RejectLog.of(setup);
        RowReader reader = new RowReader(dialect(setup.spec()), List.of(), setup.onBad(), rejects);
        FileSlices slices = new FileSlices(files, setup, new Counter(reader), rejects);
        Publication publication = Publication.of(setup);
        return new SliceWork() {
            @Override
            public SliceResult map(int slice, OptionalLong start) {
                return slices.run(slice, start);
            }

            @Override
            public SliceResult publish(int slice, Coverage covered) {
                return publication.publish(slice, covered, (output, out) -> {
                    long lines = LineCountType.sum(
                            covered.partials(covered.plan().stages().getFirst(), LinesPartial.class));
                    byte[] content = (lines + "\n").getBytes(UTF_8);
                    out.begin();
                    out.write(content, 0, content.length);
                    return Publication.Written.UNCOUNTED;
                });
            }
        };
    }

    @Override
    public void check(LineCountSpec settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
        InputCheck.headers(files, storage, dialect(spec), List.of());
    }

    private static CsvDialect dialect(FileJobSpec spec) {
        return CsvDialect.of(Objects.requireNonNull(
                Objects.requireNonNull(spec.input().format()).csv()));
    }

    /** Counts the rows of a slice. */
    private static final class Counter implements SliceContent {
        private final RowReader reader;
        private long lines;

        Counter(RowReader reader) {
            this.reader = reader;
        }

        @Override
        public void begin(SliceName name) {
            lines = 0;
        }

        @Override
        public RangeOutcome read(int file, FileRange range) {
            RangeOutcome outcome = reader.read(range, batch -> {});
            lines += outcome.rowsUsed();
            return outcome;
        }

        @Override
        public Partial finish() {
            return new LinesPartial(lines);
        }

        @Override
        public Partial emptyPartial() {
            return new LinesPartial(0);
        }
    }
}
