package io.filejob.spec;

import java.util.Map;

/**
 * Declares an operation: its name in manifests and ledgers. Implementations are found by {@link java.util.ServiceLoader}
 * and have no state, so any thread may use them.
 */
public interface OperationDeclaration {
    /** Returns the name of the operation's settings below {@code spec.operation}, for example {@code average}. */
    String name();

    /** Returns the record of the operation's settings. */
    Class<? extends Operation> settings();

    /** Returns the records of the operation's partial results, by their names in ledgers. Names never change. */
    Map<String, Class<?>> partials();
}
