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
        return hasDefaultOutput() ? defaultOutput() : output.file();
    }

    /** Returns whether no option names the location of the rows. */
    final boolean hasDefaultOutput() {
        return output.file() == null;
    }

    /** Returns the location of the rows if no option names it; null if they are not written into a file. */
    @Nullable
    String defaultOutput() {
        return null;
    }

    @Override
    final ResultFormat format() {
        return output.format();
    }
}
