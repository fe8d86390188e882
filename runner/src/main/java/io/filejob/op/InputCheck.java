package io.filejob.op;

import io.filejob.job.FileSlicing;
import io.filejob.job.InputFile;
import io.filejob.read.DecimalSum;
import io.filejob.read.FileRange;
import io.filejob.read.RangeReader;
import java.util.OptionalLong;

/** Looks at the beginning of input files before any work is done, so that a misspelt column is known at once. */
final class InputCheck {
    /** Looking at many thousands would take longer than it saves; those behind are checked as they are read. */
    private static final int FILES = 100;

    private InputCheck() {}

    static void headers(FileSlicing slicing, RangeReader reader) {
        DecimalSum none = new DecimalSum();
        slicing.files().stream().limit(FILES).forEach(file -> reader.read(beginning(file), none));
    }

    private static FileRange beginning(InputFile file) {
        return new FileRange(file.path(), file.size(), 0, 0, OptionalLong.of(0));
    }
}
