package io.filejob.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.spec.Operation;
import io.filejob.spec.OperationDeclaration;
import io.filejob.value.Json;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds all operations on the class path. Safe to use from any thread. */
public final class DeclaredOperations {
    private static final Map<String, OperationDeclaration> BY_NAME = load();

    private DeclaredOperations() {}

    private static Map<String, OperationDeclaration> load() {
        Map<String, OperationDeclaration> all = new TreeMap<>();
        ServiceLoader.load(OperationDeclaration.class, OperationDeclaration.class.getClassLoader())
                .forEach(operation -> all.put(operation.name(), operation));
        return Map.copyOf(all);
    }

    /** Returns the operations by name. */
    public static Map<String, OperationDeclaration> byName() {
        return BY_NAME;
    }

    /** Returns the records of all operations' partial results, by their names in ledgers. */
    public static Map<String, Class<?>> partials() {
        Map<String, Class<?>> all = new HashMap<>();
        BY_NAME.values().forEach(operation -> all.putAll(operation.partials()));
        return all;
    }

    /** Returns the settings of the operations that are no component of {@link OperationSpec}, by name. */
    public static Map<String, Class<?>> others() {
        Map<String, Class<?>> others = new TreeMap<>();
        BY_NAME.forEach((name, operation) -> others.put(name, operation.settings()));
        for (RecordComponent component : OperationSpec.class.getRecordComponents()) {
            others.remove(component.getName());
        }
        return others;
    }

    /** Binds the settings of the operation {@code name}, which must have been checked. */
    static Operation bind(String name, JsonNode settings) {
        OperationDeclaration declaration = BY_NAME.get(name);
        if (declaration == null) {
            throw new IllegalArgumentException("no operation is declared as " + name);
        }
        return Json.bind(settings, declaration.settings());
    }
}
