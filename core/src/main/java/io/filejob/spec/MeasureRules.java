package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rules between the fields of a measure. */
public final class MeasureRules implements RuleSet<MeasureSpec> {
    /** The message about an empty list of measures. */
    public static final String IS_EMPTY = "[] computes nothing: list at least one, for example {function: count}";
    /** The message about a name that another column of the result has. */
    public static final String IS_NO_NAME_OF_ITS_OWN =
            "would give two columns of the output one name: tell them apart with as";

    /** The function, as messages show it. */
    public static final ShownValue<MeasureSpec> FUNCTION =
            ShownValue.plain("self.__function__", measure -> measure.function().text());

    @Override
    public List<SpecRule<MeasureSpec, ?>> rules() {
        return new RuleList<MeasureSpec>()
                .add(
                        "column",
                        "has(self.column) || self.__function__ == 'count'",
                        measure -> measure.column() != null || measure.function() == MeasureFunction.COUNT,
                        "is required for %s: name a column",
                        FUNCTION)
                .add(
                        "type",
                        "!has(self.type) || self.__function__ in ['min', 'max', 'countDistinct']",
                        measure -> measure.type() == null || measure.function().hasType(),
                        "has no effect with %s: leave it out",
                        FUNCTION)
                .toList();
    }

    /** Returns the name of the output column of a measure in CEL, where as and function are reserved words. */
    public static String name(String measure) {
        String function = measure + ".__function__";
        return "(has(" + measure + ".__as__) ? " + measure + ".__as__ : has(" + measure + ".column) ? " + function
                + " + '(' + " + measure + ".column + ')' : " + function + ")";
    }

    /** Requires, in CEL, that the names of measures differ from each other and from those of keys. */
    public static String haveDistinctNames() {
        return "[self.measures.map(m, " + name("m") + ")].all(names, names.all(n, names.exists_one(o, o == n)"
                + " && !(has(self.groupBy) && n in self.groupBy)))";
    }
}
