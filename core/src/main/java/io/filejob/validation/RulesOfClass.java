package io.filejob.validation;

import java.lang.reflect.Constructor;
import java.util.List;

/** The rules of each set, created once: a list of a manifest may have many elements. Safe to use from any thread. */
final class RulesOfClass extends ClassValue<List<? extends SpecRule<?, ?>>> {
    static final RulesOfClass ALL = new RulesOfClass();

    private RulesOfClass() {}

    /** Sets of rules stand beside their records, in several packages, and are visible there only. */
    @Override
    protected List<? extends SpecRule<?, ?>> computeValue(Class<?> set) {
        try {
            Constructor<?> constructor = set.getDeclaredConstructor();
            constructor.setAccessible(true);
            return List.copyOf(((RuleSet<?>) constructor.newInstance()).rules());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("rules without a constructor", e);
        }
    }
}
