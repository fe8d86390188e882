package io.filejob.oneline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;
import io.filejob.validation.Problem;
import io.filejob.value.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A manifest that a command writes for its arguments. It holds what they say, and no defaults. For one thread. */
public final class ManifestDraft {
    private static final String OPERATION = "spec.operation.";
    /** The path of a field, or the name of an environment variable. */
    private static final Pattern NAME = Pattern.compile("\\bspec(?:\\.[A-Za-z0-9]+)+|\\b[A-Z]+(?:_[A-Z]+)+\\b");

    private final ObjectNode manifest = Json.object();
    private final ObjectNode spec;
    private final Map<String, String> options = new TreeMap<>();
    private final List<String> comments = new ArrayList<>();

    /** Creates the manifest of a job without input and operation. */
    public ManifestDraft(String name) {
        manifest.put("apiVersion", FileJob.API_VERSION).put("kind", FileJob.KIND);
        manifest.putObject("metadata").put("name", name);
        spec = manifest.putObject("spec");
        options.put("metadata.name", "--name");
        options.put("spec.input.files", "FILE");
    }

    /** Returns {@code spec}, to be filled in the order in which a manifest has its fields. */
    public ObjectNode spec() {
        return spec;
    }

    /** Adds the inputs that {@code arguments} name, relative to {@code folder}, and returns {@code spec.input}. */
    public ObjectNode input(Collection<String> arguments, Path folder) {
        ObjectNode input = spec.putObject("input");
        ArrayNode files = input.putArray("files");
        arguments.forEach(argument -> files.add(InputNames.entry(argument, folder)));
        return input;
    }

    /** Tells that {@code option} has set {@code field}, a path such as {@code spec.rejects}, and all below it. */
    public ManifestDraft from(String field, String option) {
        options.put(field, option);
        return this;
    }

    /** Adds a line before the manifest. */
    public void comment(String line) {
        comments.add("# " + line);
    }

    /** Returns the manifest in YAML. */
    public String text() {
        return comments.stream().map(line -> line + "\n").collect(Collectors.joining()) + ManifestYaml.write(manifest);
    }

    /**
     * Returns the checked job. Throws {@link JobFailedException} with {@link ExitCode#USAGE}, which names options instead of
     * the fields that they have set.
     */
    public FileJob job() {
        try {
            return ManifestReader.read(text());
        } catch (InvalidManifestException e) {
            throw new JobFailedException(
                    ExitCode.USAGE, e.problems().stream().map(this::describe).collect(Collectors.joining("\n")), e);
        }
    }

    private String describe(Problem problem) {
        return options.entrySet().stream()
                .filter(option -> isAtOrBelow(problem.field(), option.getKey()))
                .max(Comparator.comparingInt(option -> option.getKey().length()))
                .map(option -> option.getValue() + value(problem.field(), option.getKey()) + ": " + problem.message())
                .orElseGet(problem::toString);
    }

    /** Returns the element of a list that the problem is about, since an option may be repeated. */
    private String value(String field, String list) {
        if (!field.startsWith(list + "[")) {
            return "";
        }
        int index = Integer.parseInt(field.substring(list.length() + 1, field.indexOf(']', list.length())));
        JsonNode element = manifest.at("/" + list.replace('.', '/')).path(index);
        return " "
                + (element.isTextual()
                        ? element.asText()
                        : element.path("column").asText());
    }

    /**
     * Returns {@code message} with the options in place of the fields that they set. If it names other fields, it also says
     * where they are.
     */
    public String worded(String message) {
        List<String> others = new ArrayList<>();
        String worded = NAME.matcher(message).replaceAll(field -> {
            String option = option(field.group());
            if (option == null && field.group().startsWith("spec.") && !others.contains(field.group())) {
                others.add(field.group());
            }
            return Matcher.quoteReplacement(option == null ? field.group() : option);
        });
        return others.isEmpty()
                ? worded
                : worded + " (" + String.join(" and ", others) + ": in the manifest, which --manifest prints)";
    }

    private @Nullable String option(String field) {
        String operation = OPERATION
                + spec.path("operation").properties().stream()
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("");
        if (field.equals(operation)) {
            return field.substring(OPERATION.length());
        }
        return options.entrySet().stream()
                .filter(option -> isAtOrBelow(field, option.getKey()))
                .max(Comparator.comparingInt(option -> option.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    private static boolean isAtOrBelow(String field, String parent) {
        return field.equals(parent) || field.startsWith(parent + ".") || field.startsWith(parent + "[");
    }
}
