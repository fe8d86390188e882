package io.filejob.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a rule reads, taken from its CEL expression, so that the rule is skipped if one of them has a problem.
 *
 * @param fields the fields below the record
 * @param ofElement the fields below the element that is checked, or the element itself (an empty path)
 */
record RuleReads(Set<Read> fields, Set<Read> ofElement) {
    /** How a rule reads a field. */
    enum ReadKind {
        /** Only whether the field is set. */
        PRESENCE,
        /** The value with all values below it. */
        VALUE,
        /** A member of all elements of a list. */
        MEMBER_OF_ALL,
        /** The entry of a map, or an element of a list, that is equal to the key that is checked. */
        AT_KEY,
        /** The key of the entry that is checked. */
        KEY
    }

    /**
     * A field.
     *
     * @param path the names from the record to the field
     * @param member the names from an element to its member, for {@link ReadKind#MEMBER_OF_ALL}
     */
    record Read(ReadKind kind, List<String> path, List<String> member) {
        Read(ReadKind kind, List<String> path) {
            this(kind, path, List.of());
        }
    }

    /** No fields: without problems, it does not matter which fields a rule reads. */
    static final RuleReads NONE = new RuleReads(Set.of(), Set.of());

    private static final String NAMES = "((?:\\.\\w+)+)";
    private static final Pattern LITERAL = Pattern.compile("r?'(?:[^'\\\\]|\\\\.)*'");
    private static final Pattern VARIABLE =
            Pattern.compile("self" + NAMES + "\\.(?:all|exists|exists_one|map|filter)\\((\\w+),");
    private static final Pattern FIELD =
            Pattern.compile("(has\\(|\\bin )?\\bself" + NAMES + "(\\()?(\\[\\w*]((?:\\.\\w+)*)(\\()?)?");

    /** Returns what {@code cel} reads; {@code each} is the list or map whose elements are checked one by one. */
    static RuleReads of(String cel, @Nullable String each) {
        String code = LITERAL.matcher(cel).replaceAll("''");
        RuleReads reads = new RuleReads(new LinkedHashSet<>(), new LinkedHashSet<>());
        List<String> checked = each == null ? List.of() : List.of(each);
        Map<String, Set<List<String>>> variables = new TreeMap<>();
        Matcher variable = VARIABLE.matcher(code);
        while (variable.find()) {
            variables
                    .computeIfAbsent(variable.group(2), _ -> new LinkedHashSet<>())
                    .add(names(variable.group(1), false));
        }
        variables.forEach((name, lists) -> lists.forEach(list -> reads.members(code, name, list, checked)));
        Matcher field = FIELD.matcher(code);
        while (field.find()) {
            boolean isCall = field.group(3) != null;
            List<String> path = names(field.group(2), isCall);
            if (path.equals(checked)) {
                if (field.group(4) != null) {
                    List<String> member = names(field.group(5), field.group(6) != null);
                    reads.ofElement.add(new Read(ReadKind.VALUE, member));
                }
            } else if (field.group(4) != null || isKeyIn(code, field)) {
                reads.fields.add(new Read(ReadKind.AT_KEY, path));
            } else if (field.group(1) != null) {
                reads.fields.add(new Read(ReadKind.PRESENCE, path));
            } else if (variables.values().stream().noneMatch(lists -> lists.contains(path))) {
                reads.fields.add(new Read(ReadKind.VALUE, path));
            }
        }
        return reads;
    }

    /** Returns whether a rule about each element of {@code list} compares it with the other elements in CEL. */
    static boolean comparesElements(String cel, @Nullable String list) {
        return list != null && cel.contains("self." + list + ".map(");
    }

    /** Returns whether a variable or a field, and not a literal, is looked up in the field. */
    private static boolean isKeyIn(String code, Matcher field) {
        return "in ".equals(field.group(1)) && Character.isLetterOrDigit(code.charAt(field.start() - 2));
    }

    /** Adds the members that are read through a variable for the elements of {@code list}. */
    private void members(String code, String variable, List<String> list, List<String> checked) {
        Matcher member = Pattern.compile("\\b" + variable + NAMES + "(\\()?").matcher(code);
        List<List<String>> members = new ArrayList<>();
        while (member.find()) {
            List<String> names = names(member.group(1), member.group(2) != null);
            if (!names.isEmpty()) {
                members.add(names);
            }
        }
        if (list.equals(checked)) {
            members.forEach(names -> ofElement.add(new Read(ReadKind.VALUE, names)));
            if (members.isEmpty()) {
                ofElement.add(new Read(ReadKind.KEY, List.of()));
            }
        } else {
            members.forEach(names -> fields.add(new Read(ReadKind.MEMBER_OF_ALL, list, names)));
            if (members.isEmpty()) {
                fields.add(new Read(ReadKind.VALUE, list));
            }
        }
    }

    /** Returns the names of a path; reserved words are escaped in CEL, and the last name of a call is the function. */
    private static List<String> names(String path, boolean isCall) {
        List<String> names = Arrays.stream(path.split("\\."))
                .filter(name -> !name.isEmpty())
                .map(name -> name.replaceAll("^__(\\w+)__$", "$1"))
                .toList();
        return isCall ? names.subList(0, names.size() - 1) : names;
    }
}
