package io.filejob.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A one-line command with a result in rows, which can be written into a file or printed. */
abstract class RowsCommand extends OneLineCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    @Nullable
    final String output() {
        return output.file();
    }

    @Override
    final ResultFormat format() {
        return output.format();
    }
}
