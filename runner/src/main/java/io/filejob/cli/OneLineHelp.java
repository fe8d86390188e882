package io.filejob.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help texts of commands with many options: examples first, then the options by subject. */
final class OneLineHelp {
    private static final String ADDED = "filejob.options";
    private static final String MAIN = "Options";
    /** The options that all one-line commands have, by subject. */
    private static final Map<String, Set<String>> SUBJECTS = subjects();

    private OneLineHelp() {}

    private static Map<String, Set<String>> subjects() {
        Map<String, Set<String>> subjects = new LinkedHashMap<>();
        subjects.put(MAIN, Set.of());
        subjects.put(
                "Input format",
                Set.of("--delimiter", "--quote", "--no-header", "--header", "--comment", "--null", "--lines"));
        subjects.put("Bad records", Set.of("--skip-bad", "--tolerate", "--rejects"));
        subjects.put(
                "Run",
                Set.of(
                        "--workers",
                        "--processes",
                        "--store",
                        "--quiet",
                        "--status-file",
                        "--profile",
                        "--metrics-port",
                        "--mount",
                        "--secret",
                        "--help",
                        "--version"));
        return subjects;
    }

    /** Arranges the help text of {@code command}. */
    static void arrange(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.customSynopsis("filejob " + command.getCommandName() + " [OPTION]... FILE...");
        command.setHelpSectionKeys(List.of(
                UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
                UsageMessageSpec.SECTION_KEY_FOOTER,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                ADDED));
        command.getHelpSectionMap().put(ADDED, OneLineHelp::options);
        command.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, help -> "\n" + help.parameterList());
    }

    private static String options(Help help) {
        StringBuilder text = new StringBuilder();
        SUBJECTS.forEach((subject, names) -> {
            List<OptionSpec> options = new ArrayList<>(help.commandSpec().options());
            options.removeIf(option -> option.hidden() || !subject.equals(subject(option)));
            options.sort((a, b) -> a.longestName().compareTo(b.longestName()));
            Help.Layout layout = help.createDefaultLayout();
            layout.addOptions(options, help.createDefaultParamLabelRenderer());
            text.append("\n").append(subject).append(":\n").append(layout);
        });
        return text.toString();
    }

    private static String subject(OptionSpec option) {
        return SUBJECTS.entrySet().stream()
                .filter(subject -> subject.getValue().contains(option.longestName()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(MAIN);
    }
}
