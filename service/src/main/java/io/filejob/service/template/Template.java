package io.filejob.service.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.value.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A kind of job that a form describes. */
public enum Template {
    /** The average of generated numbers, or of the numbers in a file. */
    AVERAGE {
        @Override
        void fill(ObjectNode spec, Form form, @Nullable TemplateInput input, Destinations destinations) {
            ObjectNode average = spec.putObject("operation").putObject("average");
            if (input != null) {
                form.text("column").ifPresent(column -> average.put("column", column));
                return;
            }
            ObjectNode generate = spec.withObject("/input").putObject("generate");
            generate.put("files", form.number("files").orElse(DEFAULT_FILES));
            generate.put("entriesPerFile", form.number("entriesPerFile").orElse(DEFAULT_ENTRIES));
            form.number("seed").ifPresent(seed -> generate.put("seed", seed));
            form.text("min").ifPresent(min -> generate.put("min", min));
            form.text("max").ifPresent(max -> generate.put("max", max));
            form.number("decimals").ifPresent(decimals -> generate.put("decimals", decimals));
        }

        @Override
        public boolean needsFile() {
            return false;
        }
    },
    /** Rows of a file into a table. */
    PRODUCTS {
        @Override
        void fill(ObjectNode spec, Form form, @Nullable TemplateInput input, Destinations destinations) {
            ObjectNode ingest = spec.putObject("operation").putObject("ingest");
            ingest.putObject("database")
                    .putObject("secret")
                    .put("name", form.text("database").orElse("products-db"));
            String table = form.text("table").orElse("products");
            ingest.put("table", table);
            strings(ingest, "keys", form.list("keys"));
            form.text("mode").ifPresent(mode -> ingest.put("mode", mode));
            form.text("onConflict").ifPresent(conflict -> ingest.put("onConflict", conflict));
            form.text("duplicates").ifPresent(duplicates -> ingest.put("duplicates", duplicates));
            ingest.put("createTable", form.flag("createTable").orElse(true));
            List<String> groupBy = form.list("aggregateBy");
            Optional<String> counts = form.text("aggregateTable");
            if (counts.isPresent() || !groupBy.isEmpty()) {
                ObjectNode aggregate = ingest.putArray("aggregates").addObject();
                aggregate.put("table", counts.orElseGet(() -> table + "_by_" + groupBy.getFirst()));
                strings(aggregate, "groupBy", groupBy);
                aggregate
                        .putArray("measures")
                        .addObject()
                        .put("function", "count")
                        .put("as", "no_of_products");
            }
        }
    },
    /** Totals of groups of rows. */
    SONGS {
        @Override
        void fill(ObjectNode spec, Form form, @Nullable TemplateInput input, Destinations destinations) {
            ObjectNode aggregate = spec.putObject("operation").putObject("aggregate");
            strings(aggregate, "groupBy", form.list("groupBy"));
            FormMeasures.read(form).forEach(aggregate.putArray("measures")::add);
            spec.putObject("output").put("uri", destinations.of(id(input), "output", RESULT, form));
        }
    },
    /** The compression of images that a file lists. */
    IMAGES {
        @Override
        void fill(ObjectNode spec, Form form, @Nullable TemplateInput input, Destinations destinations) {
            ObjectNode images = spec.putObject("operation").putObject("compressImages");
            images.putObject("to").put("uri", destinations.of(id(input), "to", "images/", form));
            form.number("quality").ifPresent(quality -> images.put("quality", quality));
            form.text("targetBytes").ifPresent(target -> images.put("targetBytes", target));
            form.number("scale").ifPresent(scale -> images.put("scale", scale));
            form.text("format").ifPresent(format -> images.put("format", format));
            spec.putObject("output").put("uri", destinations.of(id(input), "output", RESULT, form));
        }
    };

    private static final long DEFAULT_FILES = 1000;
    private static final long DEFAULT_ENTRIES = 10_000;
    private static final String RESULT = "result.csv";

    /** Returns the template that users call {@code name}; throws {@link ProblemException} for an unknown name. */
    public static Template of(String name) {
        return Arrays.stream(values())
                .filter(template -> template.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "template: not known (" + name + "); use average, products, songs or images"));
    }

    /** Returns the name for users. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract void fill(ObjectNode spec, Form form, @Nullable TemplateInput input, Destinations destinations);

    /** Returns whether the job reads a file. */
    public boolean needsFile() {
        return true;
    }

    /** Returns whether a form without an uploaded file still has to name a file: the numbers of an average may be generated. */
    public boolean hasFile(Form form) {
        return needsFile() || form.text("column").isPresent();
    }

    /** Returns the manifest of a form as JSON; throws {@link ProblemException} with all problems of the form. */
    public String manifest(Form form, @Nullable TemplateInput input, Destinations destinations) {
        if (input == null && needsFile()) {
            form.problem("file", "missing; upload a CSV file");
        }
        ObjectNode job = draft(form, input, destinations);
        form.check();
        return Json.pretty(job);
    }

    /** Returns the manifest of a form that may have problems, which {@code form} collects. */
    public ObjectNode draft(Form form, @Nullable TemplateInput input, Destinations destinations) {
        ObjectNode job = Json.object();
        job.put("apiVersion", FileJob.API_VERSION);
        job.put("kind", FileJob.KIND);
        job.putObject("metadata").put("name", form.text("name").orElse(text()));
        ObjectNode spec = job.putObject("spec");
        form.number("workers").ifPresent(workers -> spec.put("workers", workers));
        Optional<String> onBad = form.text("onBadRecord");
        onBad.ifPresent(value -> spec.put("onBadRecord", value));
        if (input != null && onBad.filter("skip"::equals).isPresent()) {
            spec.putObject("rejects").put("uri", destinations.of(id(input), "rejects", "rejects.csv", form));
        }
        ObjectNode inputs = spec.putObject("input");
        if (input != null) {
            inputs.putArray("files").add(input.uri());
            form.text("delimiter")
                    .ifPresent(delimiter ->
                            inputs.putObject("format").putObject("csv").put("delimiter", delimiter));
        }
        fill(spec, form, input, destinations);
        callback(spec, form);
        destinations.addAccess(spec);
        return job;
    }

    private static void callback(ObjectNode spec, Form form) {
        String secret = form.text("callbackSecret").orElse("callback");
        form.text("callbackUrl").ifPresent(url -> {
            ObjectNode callback = spec.putObject("callback").put("url", url);
            callback.putObject("secret").put("name", secret);
        });
    }

    private static String id(@Nullable TemplateInput input) {
        return input == null ? UUID.randomUUID().toString() : input.id();
    }

    private static void strings(ObjectNode parent, String field, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = parent.putArray(field);
            values.forEach(array::add);
        }
    }
}
