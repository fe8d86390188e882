package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.oneline.ManifestDraft;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code filejob average}. */
@Command(
        name = "average",
        description = "Averages the numbers of a column, exactly.",
        footerHeading = OneLineCommand.EXAMPLES,
        footer = {
            "  filejob average -c price products.csv",
            "  filejob average -c price 'shop/**/*.csv.gz' --skip-bad",
            "  filejob average --lines numbers.txt",
            "  filejob average -c price products.csv --manifest > average.yaml"
        })
final class AverageCommand extends RowsCommand {
    @Option(
            names = {"-c", "--column"},
            paramLabel = "COLUMN",
            description = "The column with the numbers, by name or by position (#2).")
    private @Nullable String column;

    @Option(names = "--lines", description = "The input has no columns but one number per line.")
    private boolean isLines;

    @Override
    void operation(ManifestDraft draft, ObjectNode operation) {
        ObjectNode average = operation.putObject("average");
        draft.from("spec.operation.average.column", "--column");
        if (column != null) {
            average.put("column", column);
        }
        if (isLines) {
            draft.from("spec.input.format", "--lines");
            ObjectNode input = draft.spec().withObject("/input");
            input.withObject("/format").putObject("lines");
        }
    }
}
