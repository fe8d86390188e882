package io.filejob.service.page;

import io.filejob.service.template.Destinations;
import io.filejob.service.template.Form;
import io.filejob.service.template.Template;
import io.filejob.service.template.TemplateInput;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The uses for which there is a form. */
enum JobUse {
    AVERAGE("Average", Template.AVERAGE),
    PRODUCTS("Products", Template.PRODUCTS),
    SONGS("Songs", Template.SONGS),
    IMAGES("Images", Template.IMAGES),
    YAML("YAML", null);

    private final String label;
    private final @Nullable Template template;

    JobUse(String label, @Nullable Template template) {
        this.label = label;
        this.template = template;
    }

    /** Returns the values of the form when it is opened. */
    private Map<String, String> initial() {
        return switch (this) {
            case AVERAGE ->
                Map.of("name", "average", "workers", "4", "files", "1000", "entriesPerFile", "10000", "seed", "42");
            case PRODUCTS ->
                Map.ofEntries(
                        Map.entry("name", "products"),
                        Map.entry("workers", "4"),
                        Map.entry("table", "products"),
                        Map.entry("database", "products-db"),
                        Map.entry("keys", "sku"),
                        Map.entry("mode", "upsert"));
            case SONGS -> Map.of("name", "songs", "workers", "4", "function", "sum", "output", "totals.csv");
            case IMAGES ->
                Map.ofEntries(
                        Map.entry("name", "images"),
                        Map.entry("workers", "2"),
                        Map.entry("quality", "50"),
                        Map.entry("to", "images/"),
                        Map.entry("output", "products-with-images.csv"));
            case YAML -> Map.of();
        };
    }

    /** Returns the use with this name in a URL. */
    static Optional<JobUse> find(String id) {
        return Arrays.stream(values()).filter(use -> use.id().equals(id)).findFirst();
    }

    /** Returns the name in URLs. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name for people. */
    public String label() {
        return label;
    }

    /** Returns all uses, in the order of their tabs. */
    public List<JobUse> tabs() {
        return List.of(values());
    }

    /** Returns the value that a field has when the form is opened; empty if none. */
    public String value(String field) {
        return initial().getOrDefault(field, "");
    }

    /** Returns the manifest of the form when it is opened; the form of a manifest begins with the first example. */
    JobDraft opened(String key, Destinations destinations) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        fields.add("key", key);
        return (template == null ? AVERAGE : this).draft(fields, destinations).fresh();
    }

    /** Returns the manifest that {@code fields} describe. Absent ones have the values of a form that is opened. */
    JobDraft draft(MultivaluedMap<String, String> fields, Destinations destinations) {
        if (template == null) {
            return JobDraft.of(Objects.requireNonNullElse(fields.getFirst("manifest"), ""));
        }
        MultivaluedMap<String, String> all = new MultivaluedHashMap<>();
        initial().forEach(all::add);
        all.putAll(fields);
        Form form = Form.ofPage(all);
        String id = form.text("key").orElseGet(() -> UUID.randomUUID().toString());
        TemplateInput input =
                template.needsFile() ? new TemplateInput(id, form.text("file").orElse("")) : null;
        return JobDraft.of(template.draft(form, input, destinations), form.problems());
    }
}
