package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.filejob.api.DeclaredOperations;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names the records of partial results in ledgers. Safe to use from any thread. */
final class PartialNames extends TypeIdResolverBase {
    private static final String PUBLISHED = "published";
    private static final Map<String, Class<?>> BY_NAME = byName();
    private static final Map<Class<?>, String> NAMES = names();

    private static Map<String, Class<?>> byName() {
        Map<String, Class<?>> all = new HashMap<>(DeclaredOperations.partials());
        all.put(PUBLISHED, PublishedPartial.class);
        return Map.copyOf(all);
    }

    private static Map<Class<?>, String> names() {
        Map<Class<?>, String> names = new HashMap<>();
        BY_NAME.forEach((name, type) -> names.put(type, name));
        return Map.copyOf(names);
    }

    @Override
    public String idFromValue(Object partial) {
        String name = NAMES.get(partial.getClass());
        if (name == null) {
            throw new IllegalStateException(partial.getClass() + " is declared by no operation");
        }
        return name;
    }

    @Override
    public String idFromValueAndType(Object partial, Class<?> type) {
        return idFromValue(partial);
    }

    @Override
    public @Nullable JavaType typeFromId(DatabindContext context, String name) {
        Class<?> type = BY_NAME.get(name);
        return type == null ? null : context.constructType(type);
    }

    @Override
    public String getDescForKnownTypeIds() {
        return BY_NAME.keySet().stream().sorted().toList().toString();
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
        return JsonTypeInfo.Id.CUSTOM;
    }
}
