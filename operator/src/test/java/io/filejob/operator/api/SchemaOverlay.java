package io.filejob.operator.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.filejob.status.JobResult;
import io.filejob.status.ResultFields;
import io.filejob.validation.OneOf;
import io.filejob.validation.RuleSet;
import io.filejob.validation.SpecRule;
import io.filejob.value.ByteSize;
import io.filejob.value.Identifier;
import io.filejob.value.Location;
import io.filejob.value.PatternText;
import io.filejob.value.ResourceQuantity;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Completes a schema generated from records: adds the project's own annotations, matches of whole strings, widths of
 * integers, and quantities, which may be numbers.
 */
final class SchemaOverlay {
    private static final String SHOW_TEXT =
            "(self.size() > 78 ? '\"' + self.substring(0, 76) + '...' : '\"' + self + '\"')";
    private static final String SHOW_TEXT_OR_NUMBER = "(type(self) == string ? '\"' + self + '\"' : string(self))";

    private SchemaOverlay() {}

    /** Completes the schema of a record. */
    static void record(JSONSchemaProps schema, Class<?> type) {
        if (type.isAnnotationPresent(OneOf.class)) {
            exactlyOne(schema, type.getAnnotation(OneOf.class).value());
        }
        rules(schema, type);
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getAccessor().isAnnotationPresent(JsonAnyGetter.class)) {
                value(property(schema, component.getName()), component.getAnnotatedType(), fieldOf(type, component));
            }
        }
    }

    private static void rules(JSONSchemaProps schema, AnnotatedElement annotated) {
        for (SpecRule<?, ?> rule : RuleSet.of(annotated)) {
            Cel.rule(schema, rule.cel(), rule.message(), rule.celValues().toArray(String[]::new))
                    .setFieldPath("." + rule.field());
        }
    }

    /** Returns the schema of a property, which must exist. */
    static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }

    private static void exactlyOne(JSONSchemaProps schema, String... members) {
        String remedy = (members.length == 1 ? OneOf.SET : OneOf.SET_ONE) + String.join(", ", members);
        Cel.rule(
                schema,
                Arrays.stream(members).map(member -> "has(self." + member + ")").collect(Collectors.joining(" || ")),
                OneOf.NONE + remedy);
        for (int i = 0; i < members.length; i++) {
            for (int j = i + 1; j < members.length; j++) {
                Cel.rule(
                        schema,
                        "!has(self." + members[i] + ") || !has(self." + members[j] + ")",
                        members[i] + " and " + members[j] + OneOf.SEVERAL + remedy);
            }
        }
    }

    private static void value(JSONSchemaProps schema, AnnotatedType type, AnnotatedElement annotated) {
        if (type instanceof AnnotatedParameterizedType container) {
            AnnotatedType[] arguments = container.getAnnotatedActualTypeArguments();
            if (arguments.length == 1) {
                value(schema.getItems().getSchema(), arguments[0], arguments[0]);
                rules(schema.getItems().getSchema(), arguments[0]);
            } else {
                keys(schema, arguments[0]);
                value(schema.getAdditionalProperties().getSchema(), arguments[1], arguments[1]);
            }
        } else {
            single(schema, (Class<?>) type.getType(), annotated);
        }
    }

    private static void single(JSONSchemaProps schema, Class<?> type, AnnotatedElement annotated) {
        if (type == ByteSize.class) {
            textOrNumber(schema, ByteSize.MAX_LENGTH);
            String words = "%s is %s" + ByteSize.REMEDY;
            Cel.rule(schema, matches(ByteSize.PATTERN), words, SHOW_TEXT_OR_NUMBER, Cel.text(ByteSize.NOT_A_SIZE));
            Cel.rule(
                    schema,
                    "type(self) == string ? !self.matches('^0+([.]0+)?[a-zA-Z]*$') : self > 0",
                    words,
                    SHOW_TEXT_OR_NUMBER,
                    Cel.text(ByteSize.TOO_SMALL));
        } else if (type == ResourceQuantity.class) {
            textOrNumber(schema, ResourceQuantity.MAX_LENGTH);
            Cel.rule(schema, matches(ResourceQuantity.PATTERN), "%s" + ResourceQuantity.WORDS, SHOW_TEXT_OR_NUMBER);
        } else if (type == JobResult.class) {
            record(schema, ResultFields.class);
        } else if (type.isRecord()) {
            record(schema, type);
        } else if (type == Long.class || type == long.class) {
            schema.setFormat("int64");
        } else if (type == Integer.class || type == int.class) {
            schema.setFormat("int32");
        } else if (type == String.class) {
            text(schema, annotated);
        }
    }

    private static void textOrNumber(JSONSchemaProps schema, long longest) {
        schema.setType(null);
        schema.setXKubernetesIntOrString(true);
        schema.setMaxLength(longest);
    }

    private static String matches(String pattern) {
        return "type(self) == string ? self.matches(" + Cel.text(whole(pattern)) + ") : self >= 0";
    }

    private static void text(JSONSchemaProps schema, AnnotatedElement annotated) {
        if (schema.getPattern() != null) {
            // The API server's own message about a pattern is a regular expression.
            Cel.rule(
                    schema,
                    "self.matches(" + Cel.text(whole(schema.getPattern())) + ")",
                    "%s" + PatternText.problem(schema.getPattern()),
                    SHOW_TEXT);
            schema.setPattern(null);
        }
        if (annotated.isAnnotationPresent(Location.class)) {
            place(schema, annotated.getAnnotation(Location.class).value());
        }
        if (annotated.isAnnotationPresent(Identifier.class)) {
            identifier(schema, annotated.getAnnotation(Identifier.class).qualified());
        }
    }

    private static void identifier(JSONSchemaProps schema, boolean qualified) {
        String fits = ").size() <= " + Identifier.MAX_LENGTH;
        if (qualified) {
            Cel.rule(
                    schema,
                    "self.matches(" + Cel.text(whole(Identifier.ONE_OR_TWO))
                            + ") && bytes(self.substring(self.indexOf('.') + 1)" + fits
                            + " && (!self.contains('.') || bytes(self.substring(0, self.indexOf('.'))" + fits + ")",
                    "%s" + Identifier.NOT_ONE_OR_TWO,
                    SHOW_TEXT);
        } else {
            Cel.rule(
                    schema,
                    "self.matches(" + Cel.text(whole(Identifier.ONE)) + ") && bytes(self" + fits,
                    "%s" + Identifier.NOT_ONE,
                    SHOW_TEXT);
        }
    }

    private static void place(JSONSchemaProps schema, Location.Reach reach) {
        Cel.rule(schema, "!self.matches(" + Cel.text(Location.NUL) + ")", "%s" + Location.HOLDS_NUL, SHOW_TEXT);
        Cel.rule(schema, "self.trim() != ''", "%s" + Location.BLANK, SHOW_TEXT);
        Cel.rule(
                schema,
                "!self.matches('^" + Location.SCHEME + "') || self.matches('^" + reach.scheme() + "')",
                "%s" + Location.ELSEWHERE + reach.remedy(),
                SHOW_TEXT);
        if (reach != Location.Reach.MACHINE) {
            place(schema, Location.S3_SCHEME, Location.S3_PLACE, Location.NOT_S3);
        }
        if (reach == Location.Reach.ANYWHERE) {
            place(schema, Location.HTTP_SCHEME, Location.HTTP_PLACE, Location.NOT_HTTP);
        }
    }

    private static void place(JSONSchemaProps schema, String scheme, String place, String words) {
        Cel.rule(
                schema,
                "!self.matches('^" + scheme + "') || self.matches('^" + scheme + place + "$')",
                "%s" + words,
                SHOW_TEXT);
    }

    /** A schema cannot restrict the keys of a map. */
    private static void keys(JSONSchemaProps schema, AnnotatedType keys) {
        String pattern = keys.getAnnotation(Pattern.class).value();
        Cel.rule(
                schema,
                "self.all(key, key.matches(" + Cel.text(whole(pattern)) + "))",
                "has an entry whose name" + PatternText.problem(pattern));
    }

    private static String whole(String pattern) {
        return "^(" + pattern + ")$";
    }

    static AnnotatedElement fieldOf(Class<?> type, RecordComponent component) {
        return List.of(type.getDeclaredFields()).stream()
                .filter(field -> field.getName().equals(component.getName()))
                .findFirst()
                .orElseThrow();
    }
}
