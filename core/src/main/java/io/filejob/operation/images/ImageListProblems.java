package io.filejob.operation.images;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Rejection;
import io.filejob.status.RejectedRecord;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Reports all problems of a list of images at once. */
final class ImageListProblems {
    /** The maximum number of problems in a message. */
    static final int MAX_SHOWN = 100;

    private ImageListProblems() {}

    /** Returns the failure because of columns. */
    static JobFailedException ofColumns(List<String> problems) {
        return JobFailedException.ofProblems(
                ExitCode.BAD_INPUT, shown(problems.stream().limit(MAX_SHOWN).toList(), problems.size()));
    }

    /** Returns the failure because of rows: the first of {@code number} problems; {@code names} are the files' names. */
    static JobFailedException ofRows(List<Rejection> first, long number, IntFunction<String> names) {
        List<RejectedRecord> records = first.stream()
                .map(bad -> new RejectedRecord(
                        names.apply(Math.toIntExact(bad.file())), bad.line(), bad.column(), bad.reason(), bad.text()))
                .toList();
        return new ImageListException(
                records,
                number,
                shown(records.stream().map(RejectedRecord::describe).toList(), number));
    }

    private static String shown(List<String> problems, long number) {
        if (number == 1) {
            return problems.getFirst();
        }
        return String.format(Locale.ROOT, "the list of images has %,d problems; nothing was fetched:\n", number)
                + problems.stream().collect(Collectors.joining("\n"))
                + (number > problems.size()
                        ? String.format(Locale.ROOT, "\nand %,d more", number - problems.size())
                        : "");
    }
}
