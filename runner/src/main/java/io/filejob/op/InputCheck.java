package io.filejob.op;

import io.filejob.job.FileSlicing;
import io.filejob.job.InputFile;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.read.ByteSource;
import io.filejob.read.DecimalSum;
import io.filejob.read.FileRange;
import io.filejob.read.RangeReader;
import io.filejob.storage.IoReason;
import io.filejob.storage.Places;
import java.io.IOException;
import java.util.OptionalLong;

/** Looks at the beginning of input files before any work is done, so that a misspelt column is known at once. */
final class InputCheck {
    /** Looking at many thousands would take longer than it saves; those behind are checked as they are read. */
    private static final int FILES = 100;

    private InputCheck() {}

    static void headers(FileSlicing slicing, Places places, RangeReader reader) {
        DecimalSum none = new DecimalSum();
        for (InputFile file : slicing.files().stream().limit(FILES).toList()) {
            try (ByteSource source = places.open(file)) {
                reader.read(new FileRange(source, 0, 0, OptionalLong.of(0)), none);
            } catch (IOException e) {
                throw new JobFailure(
                        ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
            }
        }
    }
}
