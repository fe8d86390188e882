package io.filejob.spec.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.spec.ComparisonOperator;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AggregateSpecTest {
    @ParameterizedTest
    @CsvSource({
        "SUM, Plays, , sum(Plays)",
        "COUNT, , , count",
        "COUNT, Plays, , count(Plays)",
        "COUNT_DISTINCT, '#2', , countDistinct(#2)",
        "SUM, Plays, Total, Total"
    })
    void aMeasureIsNamedByFunctionAndColumnUnlessItHasAName(
            MeasureFunction function, @Nullable String column, @Nullable String as, String expected) {
        assertThat(new MeasureSpec(function, column, as, null).outputName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "SUM, , DECIMAL, DECIMAL",
        "AVG, , DECIMAL, DECIMAL",
        "COUNT, , STRING, DECIMAL",
        "MIN, , DECIMAL, DECIMAL",
        "MAX, DATE, DATE, DATE",
        "MIN, STRING, STRING, STRING",
        "FIRST, , STRING, STRING",
        "LAST, , STRING, STRING",
        "COUNT_DISTINCT, , STRING, DECIMAL",
        "COUNT_DISTINCT, DECIMAL, DECIMAL, DECIMAL"
    })
    void whatAMeasureReadsAndGivesDependsOnItsFunctionAndType(
            MeasureFunction function, @Nullable ValueType type, ValueType read, ValueType given) {
        MeasureSpec measure = new MeasureSpec(function, "a", null, type);
        assertThat(measure.valueType()).isEqualTo(read);
        assertThat(measure.resultType()).isEqualTo(given);
    }

    @Test
    void outputColumnsAreTheKeysAsWrittenThenTheMeasures() {
        AggregateSpec spec = new AggregateSpec(
                List.of("#2", "Song"),
                List.of(
                        new MeasureSpec(MeasureFunction.COUNT, null, null, null),
                        new MeasureSpec(MeasureFunction.SUM, "Plays", "Total", null)),
                null,
                null,
                null);
        assertThat(spec.outputColumns()).containsExactly("#2", "Song", "count", "Total");
    }

    @Test
    void whatIsAbsentIsAnEmptyListAndNothingCanBeChanged() {
        List<MeasureSpec> measures = new ArrayList<>(List.of(new MeasureSpec(MeasureFunction.COUNT, null, null, null)));
        AggregateSpec spec = new AggregateSpec(null, measures, null, null, null);
        measures.clear();
        assertThat(spec.outputColumns()).containsExactly("count");
        assertThat(spec.keys()).isEmpty();
        assertThat(spec.rowFilters()).isEmpty();
        assertThat(spec.groupFilters()).isEmpty();
        assertThatThrownBy(() -> spec.measures().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theLargestComeFirstUnlessItSaysOtherwise() {
        assertThat(new TopSpec("count", null, 1).order()).isEqualTo(TopSpec.Order.DESCENDING);
    }

    @ParameterizedTest
    @CsvSource({
        "EQUAL, false, true, false",
        "NOT_EQUAL, true, false, true",
        "LESS, true, false, false",
        "AT_MOST, true, true, false",
        "MORE, false, false, true",
        "AT_LEAST, false, true, true"
    })
    void operatorsHoldForWhatComparisonsGive(ComparisonOperator operator, boolean less, boolean equal, boolean more) {
        assertThat(operator.holds(-7)).as("less").isEqualTo(less);
        assertThat(operator.holds(0)).as("equal").isEqualTo(equal);
        assertThat(operator.holds(7)).as("more").isEqualTo(more);
    }

    @ParameterizedTest
    @EnumSource(ComparisonOperator.class)
    void operatorsThatTellLessFromMoreAskForAnOrder(ComparisonOperator operator) {
        assertThat(operator.isOrdering()).isEqualTo(operator.holds(-1) != operator.holds(1));
    }
}
