package io.filejob.service.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.value.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The uses for which there is a form. */
enum JobUse {
    AVERAGE("Average"),
    PRODUCTS("Products"),
    SONGS("Songs"),
    IMAGES("Images"),
    YAML("YAML");

    private final String label;

    JobUse(String label) {
        this.label = label;
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

    /** Returns the manifest that {@code form} describes. */
    JobDraft draft(FormFields form) {
        if (this == YAML) {
            return JobDraft.of(form.text("manifest", ""));
        }
        ObjectNode spec = Json.object();
        form.putNumber(spec, "workers", "4");
        switch (this) {
            case AVERAGE -> average(form, spec);
            case PRODUCTS -> products(form, spec);
            case SONGS -> songs(form, spec);
            case IMAGES -> images(form, spec);
            case YAML -> throw new IllegalStateException("a manifest has no fields");
        }
        return JobDraft.of(form.text("name", id()), spec);
    }

    private static void average(FormFields form, ObjectNode spec) {
        ObjectNode generate = spec.putObject("input").putObject("generate");
        form.putNumber(generate, "files", "1000");
        form.putNumber(generate, "entriesPerFile", "10000");
        form.putNumber(generate, "seed", "42");
        spec.putObject("operation").putObject("average");
    }

    private static void products(FormFields form, ObjectNode spec) {
        files(form, spec);
        ObjectNode ingest = spec.putObject("operation").putObject("ingest");
        ingest.putObject("database").putObject("secret").put("name", form.text("secret", "products-db"));
        ingest.put("table", form.text("table", "products"));
        form.putList(ingest, "keys");
        String mode = form.text("mode", "upsert");
        ingest.put("mode", mode);
        if (form.isTicked("createTable")) {
            ingest.put("createTable", true);
        }
        List<String> groups = form.chosen("groupBy");
        if (!groups.isEmpty()) {
            ObjectNode aggregate = ingest.putArray("aggregates").addObject();
            aggregate.put("table", form.text("table", "products") + "_by_" + groups.getFirst());
            form.putList(aggregate, "groupBy");
            aggregate.putArray("measures").addObject().put("function", "count").put("as", "count");
        }
    }

    private static void songs(FormFields form, ObjectNode spec) {
        files(form, spec);
        ObjectNode aggregate = spec.putObject("operation").putObject("aggregate");
        form.putList(aggregate, "groupBy");
        measures(form, aggregate);
        spec.putObject("output").put("uri", form.text("output", "totals.csv"));
    }

    private static void measures(FormFields form, ObjectNode aggregate) {
        var measures = aggregate.putArray("measures");
        List<String> functions = form.texts("function");
        List<String> columns = form.texts("column");
        List<String> names = form.texts("as");
        for (int i = 0; i < functions.size(); i++) {
            ObjectNode measure = Json.object();
            measure.put("function", functions.get(i));
            if (i < columns.size() && !columns.get(i).isEmpty()) {
                measure.put("column", columns.get(i));
            }
            if (i < names.size() && !names.get(i).isEmpty()) {
                measure.put("as", names.get(i));
            }
            measures.add(measure);
        }
    }

    private static void images(FormFields form, ObjectNode spec) {
        files(form, spec);
        ObjectNode compress = spec.putObject("operation").putObject("compressImages");
        compress.putObject("to").put("uri", form.text("to", "images/"));
        form.putNumber(compress, "quality", "50");
        spec.putObject("output").put("uri", form.text("output", "products-with-images.csv"));
        String callback = form.text("callback", "");
        if (!callback.isEmpty()) {
            ObjectNode receiver = spec.putObject("callback").put("url", callback);
            receiver.putObject("secret").put("name", form.text("callbackSecret", "hook"));
        }
    }

    /** Puts the uploaded file or another location, and how bad records are handled. */
    private static void files(FormFields form, ObjectNode spec) {
        if (form.isTicked("skip")) {
            spec.put("onBadRecord", "skip");
            spec.putObject("rejects").put("uri", form.text("rejects", "rejects.csv"));
        }
        ObjectNode input = spec.putObject("input");
        input.putArray("files").add(form.text("file", ""));
    }
}
