package io.filejob.service.page;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;

/** Files that a person chooses in a form. */
final class PageFiles {
    private PageFiles() {}

    /** Returns a CSV file. */
    static FilePayload csv(String name, String text) {
        return new FilePayload(name, "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }
}
