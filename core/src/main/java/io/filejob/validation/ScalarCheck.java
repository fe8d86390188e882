package io.filejob.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.filejob.value.ByteSize;
import io.filejob.value.EnumNames;
import io.filejob.value.Identifier;
import io.filejob.value.Location;
import io.filejob.value.PatternText;
import io.filejob.value.ResourceQuantity;
import io.filejob.value.Spelling;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Checks a single value against its type and the schema annotations of its field: ranges, patterns, lengths, formats. */
public final class ScalarCheck {
    private static final Set<Class<?>> TYPES =
            Set.of(Long.class, Integer.class, Boolean.class, String.class, ByteSize.class, ResourceQuantity.class);

    private final Problems problems;

    /** Creates a check that adds to {@code problems}. */
    public ScalarCheck(Problems problems) {
        this.problems = problems;
    }

    /** Returns whether values of {@code type} are single ones, without fields of their own. */
    public static boolean isScalar(Class<?> type) {
        return TYPES.contains(type) || type.isEnum();
    }

    /** Checks a value of the scalar type {@code type} against the limits of {@code annotated}. */
    public void check(JsonNode value, Class<?> type, AnnotatedElement annotated, String path) {
        if (type == Long.class || type == Integer.class) {
            integer(value, type == Long.class ? Long.MAX_VALUE : Integer.MAX_VALUE, annotated, path);
        } else if (type == Boolean.class) {
            if (!value.isBoolean()) {
                problems.add(path, Problems.show(value) + " is neither true nor false" + unquoted(value));
            }
        } else if (type == String.class) {
            text(value, annotated, path);
        } else if (type == ByteSize.class) {
            size(value, path);
        } else if (type == ResourceQuantity.class) {
            quantity(value, path);
        } else {
            choice(value, type, path);
        }
    }

    private void integer(JsonNode value, long typeMax, AnnotatedElement annotated, String path) {
        if (!value.isIntegralNumber()) {
            problems.add(path, Problems.show(value) + " is not a whole number" + unquoted(value));
            return;
        }
        BigInteger number = value.bigIntegerValue();
        Min min = annotated.getAnnotation(Min.class);
        Max max = annotated.getAnnotation(Max.class);
        BigInteger least = min == null ? BigInteger.valueOf(-typeMax - 1) : whole(min.value());
        BigInteger most = max == null ? BigInteger.valueOf(typeMax) : whole(max.value());
        if (number.compareTo(least) < 0) {
            problems.add(path, number + " is less than " + least + ": use " + least + " or more");
        } else if (number.compareTo(most) > 0) {
            problems.add(path, number + " is more than " + most + ": use " + most + " or less");
        }
    }

    private static BigInteger whole(double bound) {
        return new BigDecimal(bound).toBigInteger();
    }

    private static String unquoted(JsonNode value) {
        return value.isTextual() ? ": write it without quotes" : "";
    }

    /** Checks a text against the size, pattern and format that {@code annotated} sets. */
    public void text(JsonNode value, AnnotatedElement annotated, String path) {
        if (!value.isTextual()) {
            problems.add(
                    path,
                    Problems.show(value)
                            + (value.isContainerNode()
                                    ? " is not a text: write a single one"
                                    : " is not a text: write it in quotes"));
            return;
        }
        String text = value.textValue();
        String shown = Problems.show(value);
        Size size = annotated.getAnnotation(Size.class);
        Pattern pattern = annotated.getAnnotation(Pattern.class);
        if (pattern != null && !text.matches(pattern.value())) {
            problems.add(path, shown + PatternText.problem(pattern.value()));
        } else if (size != null && text.codePointCount(0, text.length()) > size.max()) {
            problems.add(path, shown + " is longer than " + size.max() + " characters");
        } else if (annotated.isAnnotationPresent(Location.class)) {
            place(text, annotated.getAnnotation(Location.class).value(), path);
        } else if (annotated.isAnnotationPresent(Identifier.class)) {
            identifier(text, annotated.getAnnotation(Identifier.class).qualified(), path);
        }
    }

    private void identifier(String text, boolean qualified, String path) {
        boolean fits = qualified
                ? text.matches(Identifier.ONE_OR_TWO)
                        && Arrays.stream(text.split("[.]", -1)).allMatch(ScalarCheck::isIdentifier)
                : isIdentifier(text);
        if (!fits) {
            problems.add(path, CheckedTree.show(text) + (qualified ? Identifier.NOT_ONE_OR_TWO : Identifier.NOT_ONE));
        }
    }

    /** Returns whether {@code text} can name a column. */
    public static boolean isIdentifier(String text) {
        return text.matches(Identifier.ONE) && text.getBytes(StandardCharsets.UTF_8).length <= Identifier.MAX_LENGTH;
    }

    private void place(String text, Location.Reach reach, String path) {
        String shown = CheckedTree.show(text);
        if (java.util.regex.Pattern.compile(Location.NUL).matcher(text).find()) {
            problems.add(path, shown + Location.HOLDS_NUL);
        } else if (text.isBlank()) {
            problems.add(path, shown + Location.BLANK);
        } else if (begins(text, Location.SCHEME) && !begins(text, reach.scheme())) {
            problems.add(path, shown + Location.ELSEWHERE + reach.remedy());
        } else if (begins(text, Location.S3_SCHEME) && !text.matches(Location.S3_SCHEME + Location.S3_PLACE)) {
            problems.add(path, shown + Location.NOT_S3);
        } else if (begins(text, Location.HTTP_SCHEME) && !text.matches(Location.HTTP_SCHEME + Location.HTTP_PLACE)) {
            problems.add(path, shown + Location.NOT_HTTP);
        }
    }

    private static boolean begins(String text, String pattern) {
        return java.util.regex.Pattern.compile(pattern).matcher(text).lookingAt();
    }

    private void quantity(JsonNode value, String path) {
        if (!value.isValueNode() || !value.asText().matches(ResourceQuantity.PATTERN)) {
            problems.add(path, Problems.show(value) + ResourceQuantity.WORDS);
        }
    }

    private void size(JsonNode value, String path) {
        try {
            ByteSize.parse(value.isValueNode() ? value.asText() : "");
        } catch (IllegalArgumentException e) {
            problems.add(path, Problems.show(value) + " is " + e.getMessage() + ByteSize.REMEDY);
        }
    }

    private void choice(JsonNode value, Class<?> type, String path) {
        List<String> names = EnumNames.of(type);
        if (!value.isTextual() || !names.contains(value.textValue())) {
            problems.add(
                    path,
                    Problems.show(value) + " is not one of " + String.join(", ", names)
                            + (value.isTextual() ? Spelling.hint(value.textValue(), names) : ""));
        }
    }
}
