package io.filejob.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a file of products. */
record Product(String sku, String name, String description) {
    static final List<String> COLUMNS = List.of("sku", "name", "description");

    List<@Nullable String> values() {
        return List.of(sku, name, description);
    }
}
