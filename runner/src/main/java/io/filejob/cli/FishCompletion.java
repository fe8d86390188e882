package io.filejob.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Generates the completion script for fish, which picocli does not. */
final class FishCompletion {
    private static final int MAX_DESCRIPTION = 80;

    private FishCompletion() {}

    /** Returns the script for the commands of {@code root} and their options. */
    static String script(CommandLine root) {
        StringBuilder script = new StringBuilder("# fish completion of filejob\n");
        root.getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                script.append("complete -c filejob -n __fish_use_subcommand -f -a ")
                        .append(quoted(name))
                        .append(" -d ")
                        .append(quoted(shortened(spec.usageMessage().description())))
                        .append('\n');
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .forEach(option -> script.append(option(name, option)));
            }
        });
        return script.toString();
    }

    private static String option(String command, OptionSpec option) {
        String names = Arrays.stream(option.names())
                .map(name ->
                        name.startsWith("--") ? " -l " + quoted(name.substring(2)) : " -s " + quoted(name.substring(1)))
                .collect(Collectors.joining());
        String values = option.type().isEnum()
                ? " -x -a "
                        + quoted(Stream.of(option.type().getEnumConstants())
                                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" ")))
                : (option.arity().max() > 0 ? " -r" : "");
        return "complete -c filejob -n '__fish_seen_subcommand_from " + command + "'" + names + values + " -d "
                + quoted(shortened(option.description())) + "\n";
    }

    private static String shortened(String[] description) {
        String text = String.join(" ", description);
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.length() <= MAX_DESCRIPTION ? first : first.substring(0, MAX_DESCRIPTION - 3) + "...";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
