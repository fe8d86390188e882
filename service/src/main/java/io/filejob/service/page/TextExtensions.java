package io.filejob.service.page;

import io.quarkus.qute.TemplateExtension;
import org.jspecify.annotations.Nullable;

/** Methods of texts in templates. */
@TemplateExtension
final class TextExtensions {
    private TextExtensions() {}

    /** Returns {@code text}, or a dash if it is absent or empty. */
    static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "–" : text;
    }
}
