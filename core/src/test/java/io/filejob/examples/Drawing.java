package io.filejob.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * One case of a file: the input, and the output that it must give.
 *
 * @param place the name of the file and the number of the line that begins the case
 * @param title the promise
 * @param settings the words after the title, for example {@code nullable}
 * @param input the lines before the arrow
 * @param expected the lines after the arrow
 */
public record Drawing(String place, String title, List<String> settings, List<String> input, List<String> expected) {
    /** Converts the input of a drawing into output. */
    @FunctionalInterface
    public interface Conversion {
        /** Returns the lines of output. */
        List<String> convert(List<String> input) throws Exception;
    }

    /** Throws {@link AssertionError} with the place of this drawing unless {@code conversion} gives the output. */
    public void check(Conversion conversion) {
        List<String> actual;
        try {
            actual = conversion.convert(input);
        } catch (Exception e) {
            throw new AssertionError(this + ": cannot be converted", e);
        }
        assertThat(String.join("\n", actual)).as(toString()).isEqualTo(String.join("\n", expected));
    }

    /** Returns whether the setting {@code name} is given. */
    public boolean has(String name) {
        return settings.contains(name);
    }

    /** Returns the setting {@code name=value}, or {@code otherwise} if it is not given. */
    public String setting(String name, String otherwise) {
        return settings.stream()
                .filter(setting -> setting.startsWith(name + "="))
                .map(setting -> setting.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    /** Returns the cells of a line, which are separated by bars. */
    public static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.split("\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    @Override
    public String toString() {
        return place + " (" + title + ")";
    }
}
