package io.filejob.op;

import io.filejob.group.GroupSchema;
import io.filejob.job.FileSlicing;
import io.filejob.job.InputFile;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.read.BadRecordSink;
import io.filejob.read.ByteSource;
import io.filejob.read.DecimalSum;
import io.filejob.read.FileRange;
import io.filejob.read.OnBad;
import io.filejob.read.RangeReader;
import io.filejob.read.RowReader;
import io.filejob.read.TextFormat;
import io.filejob.storage.IoReason;
import io.filejob.storage.Places;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Looks at the beginning of input files before any work is done, so that a misspelt column is known at once. */
final class InputCheck {
    /** Looking at many thousands would take longer than it saves; those behind are checked as they are read. */
    private static final int FILES = 100;

    private InputCheck() {}

    static void headers(FileSlicing slicing, Places places, TextFormat format) {
        RangeReader reader = new RangeReader(format, OnBad.SKIP);
        DecimalSum none = new DecimalSum();
        beginnings(slicing, places, range -> reader.read(range, none));
    }

    static void headers(FileSlicing slicing, Places places, GroupSchema schema) {
        RowReader reader = new RowReader(schema.dialect(), schema.columns(), OnBad.SKIP, BadRecordSink.NONE);
        beginnings(slicing, places, range -> reader.read(range, batch -> {}));
    }

    private static void beginnings(FileSlicing slicing, Places places, Consumer<FileRange> read) {
        for (InputFile file : slicing.files().stream().limit(FILES).toList()) {
            try (ByteSource source = places.open(file)) {
                read.accept(new FileRange(source, 0, 0, OptionalLong.of(0)));
            } catch (IOException e) {
                throw new JobFailure(
                        ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
            }
        }
    }
}
