package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.average.AverageSpec;
import io.filejob.validation.CheckedBy;
import io.filejob.validation.ShortForm;
import io.filejob.value.EnumNames;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a column with dates or times is read. As a key it is truncated; as a value of type date it is its day. */
@JsonPropertyOrder({"column", "truncate", "format"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(TimestampRules.class)
@ShortForm("column")
public record TimestampSpec(
        @JsonPropertyDescription("The column, as groupBy, where or measures name it.")
        @Required
        @Size(max = AverageSpec.MAX_COLUMN_LENGTH)
        String column,

        @JsonPropertyDescription(
                "The unit to which the column is truncated in groupBy: hour (2020-01-31T13:00), day (2020-01-31), week (the day of its Monday), month (2020-01) or year (2020).")
        @Default(TimestampSpec.DEFAULT_UNIT)
        @Nullable
        TimestampUnit truncate,

        @JsonPropertyDescription(
                "The format of the fields, of yyyy, M or MM, d or dd, H or HH, mm, ss and other characters, for example dd.MM.yyyy HH:mm. If absent, ISO 8601, such as 2020-01-31 or 2020-01-31T13:59:00.5+01:00; the offset is ignored.")
        @Size(max = TimestampSpec.MAX_FORMAT_LENGTH)
        @Nullable
        String format) {
    static final String DEFAULT_UNIT = "day";
    /** The maximum length of {@code format}, in characters. */
    static final int MAX_FORMAT_LENGTH = 60;
    /** The elements of a format. */
    static final String FORMAT = "(yyyy|MM?|dd?|HH?|mm|ss|[TZ]|[^A-Za-z])+";
    /** What {@link #FORMAT} accepts too, but as a sequence of elements. */
    static final String TOO_LONG = "yyyyy|MMM|ddd|HHH|mmm|sss";

    /** Fills in the default. */
    public TimestampSpec {
        truncate = truncate == null ? EnumNames.constant(TimestampUnit.class, DEFAULT_UNIT) : truncate;
    }

    /** Returns the unit of a key, {@value #DEFAULT_UNIT} by default. */
    @Override
    public TimestampUnit truncate() {
        return Objects.requireNonNull(truncate);
    }
}
