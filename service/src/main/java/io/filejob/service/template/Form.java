package io.filejob.service.template;

import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fields of a form. It collects problems of fields, and knows which fields were read. For one thread. */
public final class Form {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Map<String, List<String>> values;
    /** Whether the values of a list may be in one field. */
    private final boolean isSplit;

    private final Set<String> read = new HashSet<>();
    private final List<ProblemDetail> problems = new ArrayList<>();

    /** Creates a form with {@code values}; an empty value counts as absent, as browsers send empty fields. */
    public Form(Map<String, List<String>> values) {
        this(values, true);
    }

    private Form(Map<String, List<String>> values, boolean isSplit) {
        this.values = values;
        this.isSplit = isSplit;
    }

    /** Creates a form of a page, where each value of a list has a field of its own, and so may contain commas. */
    public static Form ofPage(Map<String, List<String>> values) {
        return new Form(values, false);
    }

    /** Returns the value of a field, if there is one. */
    public Optional<String> text(String field) {
        List<String> all = all(field);
        if (all.size() > 1) {
            problem(field, "given " + all.size() + " times; use it once");
        }
        return all.stream().findFirst();
    }

    /** Returns the values of a field, one for each time it is given. */
    public List<String> all(String field) {
        read.add(field);
        return values.getOrDefault(field, List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** Returns the values of a field that is given several times, or once with values separated by commas. */
    public List<String> list(String field) {
        return all(field).stream()
                .flatMap(value -> isSplit ? Arrays.stream(value.split(",", -1)) : Stream.of(value))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /**
     * Returns the rows of fields that are repeated together, such as the controls of a measure: the n-th row has the n-th
     * value of each field, which may be empty.
     */
    List<List<String>> rows(String... fields) {
        List<List<String>> columns = new ArrayList<>();
        for (String field : fields) {
            read.add(field);
            columns.add(values.getOrDefault(field, List.of()));
        }
        int count = columns.stream().mapToInt(List::size).max().orElse(0);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int row = i;
            rows.add(columns.stream()
                    .map(column -> row < column.size() ? column.get(row).strip() : "")
                    .toList());
        }
        return rows;
    }

    /** Returns the value of a field that is a whole number, if there is one. */
    public Optional<Long> number(String field) {
        Optional<String> text = text(field);
        if (text.isPresent() && !NUMBER.matcher(text.get()).matches()) {
            problem(field, "not a whole number (" + text.get() + ")");
            return Optional.empty();
        }
        return text.map(Long::valueOf);
    }

    /** Returns the value of a field that is true or false, if there is one. */
    public Optional<Boolean> flag(String field) {
        Optional<String> text = text(field);
        // Browsers send the text "on" for a checked box.
        if (text.isPresent() && !Set.of("true", "false", "on").contains(text.get())) {
            problem(field, "not true or false (" + text.get() + ")");
            return Optional.empty();
        }
        return text.map(value -> !value.equals("false"));
    }

    /** Reports a problem of a field. */
    public void problem(String field, String detail) {
        problems.add(ProblemDetail.ofField(field, detail));
    }

    /** Returns the problems until now. */
    public List<ProblemDetail> problems() {
        return List.copyOf(problems);
    }

    /** Throws {@link ProblemException} with all problems, among them fields that were not read. */
    public void check() {
        values.keySet().stream()
                .filter(field -> !read.contains(field))
                .sorted()
                .forEach(field -> problem(
                        field,
                        "not a field of this template; it has "
                                + read.stream().sorted().toList()));
        if (!problems.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, "the form is not valid", problems);
        }
    }
}
