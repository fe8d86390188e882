package io.filejob.oneline;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of the command line, such as {@code Song,Date} or {@code Plays:Total,Skips}: items that are separated by commas
 * and may have parts that are separated by colons. A part in double quotes may hold both; in it, a quote is doubled.
 * Commas in parentheses, as in {@code numeric(10,2)}, do not separate.
 */
public final class ItemList {
    private static final char QUOTE = '"';

    private final String option;
    private final String text;
    private final boolean hasParts;
    private int at;

    private ItemList(String option, String text, boolean hasParts) {
        this.option = option;
        this.text = text;
        this.hasParts = hasParts;
    }

    /** Parses the items without parts of {@code option}; throws {@link JobFailedException} if one is empty. */
    public static List<String> names(String option, String text) {
        return new ItemList(option, text, false)
                .parse().stream().map(List::getFirst).toList();
    }

    /**
     * Parses the items of {@code option}, each with at least one part; all parts but the first may be empty. Throws {@link
     * JobFailedException} if a first part is empty or a quote is not closed.
     */
    public static List<List<String>> items(String option, String text) {
        return new ItemList(option, text, true).parse();
    }

    private List<List<String>> parse() {
        List<List<String>> items = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        while (true) {
            parts.add(part());
            boolean isEnd = at == text.length();
            if (isEnd || text.charAt(at) == ',') {
                if (parts.getFirst().isEmpty()) {
                    throw wrong("a name is missing");
                }
                items.add(List.copyOf(parts));
                parts.clear();
            }
            if (isEnd) {
                return items;
            }
            at++;
        }
    }

    private String part() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == QUOTE) {
            return quoted();
        }
        int start = at;
        int open = 0;
        while (at < text.length() && !(open == 0 && isSeparator(text.charAt(at)))) {
            open += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' && open > 0 ? -1 : 0;
            at++;
        }
        if (open > 0) {
            // A single parenthesis is a part of a name.
            at = start;
            while (at < text.length() && !isSeparator(text.charAt(at))) {
                at++;
            }
        }
        return text.substring(start, at).strip();
    }

    private String quoted() {
        StringBuilder part = new StringBuilder();
        at++;
        while (true) {
            if (at == text.length()) {
                throw wrong("a quote is not closed");
            }
            char next = text.charAt(at++);
            if (next != QUOTE) {
                part.append(next);
            } else if (at < text.length() && text.charAt(at) == QUOTE) {
                part.append(QUOTE);
                at++;
            } else if (at == text.length() || isSeparator(text.charAt(at))) {
                return part.toString();
            } else {
                throw wrong("text follows a closing quote");
            }
        }
    }

    private boolean isSeparator(char next) {
        return next == ',' || (hasParts && next == ':');
    }

    private JobFailedException wrong(String problem) {
        return new JobFailedException(ExitCode.USAGE, option + " " + text + ": " + problem);
    }
}
