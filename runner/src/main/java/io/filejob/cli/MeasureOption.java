package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.oneline.MeasureText;
import io.filejob.spec.MeasureFunction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import java.util.function.Consumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options for the functions of measures, such as {@code --sum}. */
final class MeasureOption {
    private static final Map<MeasureFunction, String> RESULTS = Map.of(
            MeasureFunction.SUM, "The exact sum of each column.",
            MeasureFunction.COUNT, "The number of rows, or with =COLUMN of its values.",
            MeasureFunction.MIN, "The smallest value: of decimals, unless TYPE is date or string.",
            MeasureFunction.MAX, "The largest value: of decimals, unless TYPE is date or string.",
            MeasureFunction.AVG, "The average of each column.",
            MeasureFunction.FIRST, "The text in the first row.",
            MeasureFunction.LAST, "The text in the last row.",
            MeasureFunction.COUNT_DISTINCT,
                    "The number of different values: of texts, unless TYPE is decimal or date.");

    private MeasureOption() {}

    /** Returns the option for {@code function}; {@code measures} receives those of each use, in order. */
    static OptionSpec of(MeasureFunction function, Consumer<List<ObjectNode>> measures) {
        String name = "--" + function.text().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        OptionSpec.Builder option = OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(RESULTS.get(function));
        if (function != MeasureFunction.COUNT) {
            return option.paramLabel(isTyped(function) ? "COLUMN[:NAME][:TYPE]" : "COLUMN[:NAME]")
                    .arity("1")
                    .parameterConsumer(
                            (arguments, _, _) -> measures.accept(MeasureText.parse(function, name, arguments.pop())))
                    .build();
        }
        return option.paramLabel("COLUMN[:NAME]")
                .arity("0..1")
                .preprocessor(MeasureOption::takeAttached)
                .parameterConsumer((arguments, _, _) -> {
                    String text = arguments.pop();
                    measures.accept(
                            text.isEmpty() || text.startsWith(":")
                                    ? List.of(MeasureText.countOfRows(text.isEmpty() ? text : text.substring(1)))
                                    : MeasureText.parse(function, name, text));
                })
                .build();
    }

    private static boolean isTyped(MeasureFunction function) {
        return switch (function) {
            case MIN, MAX, COUNT_DISTINCT -> true;
            case SUM, COUNT, AVG, FIRST, LAST -> false;
        };
    }

    /** Gives an option without {@code =} an empty value, since the next argument may be a file. */
    private static boolean takeAttached(
            Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> information) {
        if (!"=".equals(information.get("separator"))) {
            arguments.push("");
        }
        return false;
    }
}
