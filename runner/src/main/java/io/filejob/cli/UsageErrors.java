package io.filejob.cli;

import io.filejob.failure.ExitCode;
import io.filejob.log.EventLog;
import io.filejob.log.Printable;
import io.filejob.value.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains a wrong use of a command in two lines: the problem, with the word that was probably meant, and the help. */
final class UsageErrors implements IParameterExceptionHandler {
    private static final String NO_VALUE = "Missing required parameter for option ";

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        EventLog log = Main.log(command.getErr());
        log.error(Printable.text(message(exception)), null);
        log.line("See " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    private static String message(ParameterException exception) {
        CommandSpec command = exception.getCommandLine().getCommandSpec();
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().getFirst(), command);
        }
        if (exception instanceof MissingParameterException missing
                && !String.valueOf(exception.getMessage()).startsWith(NO_VALUE)) {
            return "missing "
                    + missing.getMissing().stream().map(UsageErrors::described).collect(Collectors.joining(" and "));
        }
        ArgSpec argument = exception.getArgSpec();
        if (argument != null && argument.type().isEnum() && exception.getValue() != null) {
            List<String> known = Arrays.stream(argument.type().getEnumConstants())
                    .map(Object::toString)
                    .toList();
            return name(argument) + ": \"" + exception.getValue() + "\" is not one of " + String.join(", ", known)
                    + Spelling.hint(exception.getValue(), known);
        }
        String message = String.valueOf(exception.getMessage());
        if (message.startsWith(NO_VALUE)) {
            return message.substring(NO_VALUE.length())
                    .replace("'", "")
                    .replaceFirst(" [(]", ": needs a value, ")
                    .replace(")", "");
        }
        if (argument instanceof OptionSpec option) {
            return option.longestName() + ": " + value(option, exception.getValue(), message);
        }
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    /** Returns the problem of the value of {@code option}. */
    private static String value(OptionSpec option, @Nullable String value, String message) {
        if (option.typeInfo().isMap()) {
            return "\"" + value + "\" is not of the form " + option.paramLabel();
        }
        return option.type() == Integer.class || option.type() == int.class
                ? "\"" + value + "\" is not a whole number"
                : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** Returns an option or parameter that is required, with its value. */
    private static String described(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + argument.paramLabel()
                : argument.paramLabel();
    }

    private static String unmatched(String word, CommandSpec command) {
        if (word.startsWith("-")) {
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            List<String> known = command.options().stream()
                    .filter(each -> !each.hidden())
                    .flatMap(each -> Stream.of(each.names()))
                    .toList();
            return "unknown option " + option + hint(option, known);
        }
        if (command.subcommands().isEmpty()) {
            return "unexpected argument \"" + word + "\"";
        }
        return "unknown command \"" + word + "\""
                + Spelling.hint(
                        word,
                        command.subcommands().entrySet().stream()
                                .filter(entry -> !entry.getValue()
                                        .getCommandSpec()
                                        .usageMessage()
                                        .hidden())
                                .map(Map.Entry::getKey)
                                .toList());
    }

    /** Long options resemble long options only: nearly any letter resembles a short one. */
    private static String hint(String option, List<String> known) {
        String word = option.replaceFirst("^-+", "");
        List<String> names = known.stream()
                .filter(name -> name.startsWith("--"))
                .map(name -> name.substring(2))
                .toList();
        return Spelling.nearest(word, names)
                .map(name -> "; did you mean --" + name + "?")
                .orElse("");
    }
}
