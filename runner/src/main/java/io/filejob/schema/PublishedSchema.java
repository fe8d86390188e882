package io.filejob.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON Schema of manifests (draft 7), as it is published in {@code crds/}. */
public final class PublishedSchema {
    private static final String RESOURCE = "filejob.schema.json";

    private PublishedSchema() {}

    /** Returns the schema as JSON, with a line feed at its end. */
    public static String text() {
        try (InputStream content =
                Objects.requireNonNull(PublishedSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
