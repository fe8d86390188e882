package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the result goes as CSV, which appears whole or not at all and replaces what is there. */
@JsonPropertyOrder({"uri", "configMap", "parts", "header"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"uri", "configMap"})
@Rule(
        field = "uri",
        holds = "!has(self.uri) || !self.uri.endsWith('/')",
        message = Words.FOLDER,
        values = "'\"' + self.uri + '\"'")
@Rule(field = "parts", holds = "!has(self.configMap) || self.parts <= 1", message = Words.PARTS_OF_CONFIG_MAP)
public record OutputSpec(
        @JsonPropertyDescription("A file, as a path, a file: or an s3: URI; its folder or bucket must be there.")
        @Place(Place.Reach.STORAGE)
        @Size(max = Place.LONGEST)
        @Nullable
        String uri,

        @JsonPropertyDescription(
                "A ConfigMap of the FileJob's namespace, with the key " + ConfigMapReference.KEY
                        + ", for results of at most " + ConfigMapReference.MOST_BYTES
                        + " bytes; it stays when the FileJob goes, and one that no FileJob wrote is not replaced. For clusters only.")
        @Nullable
        ConfigMapReference configMap,

        @JsonPropertyDescription("With uri, in how many files, 1 to " + OutputSpec.MOST_PARTS
                + "; if more than one, their numbers stand before the name's extension.")
        @Default("1")
        @Min(1)
        @Max(OutputSpec.MOST_PARTS)
        @Nullable
        Integer parts,

        @JsonPropertyDescription("Whether the first record of each file names the columns.") @Default("true") @Nullable
        Boolean header) {
    /** The most files of an output. */
    public static final int MOST_PARTS = 1000;

    /** Fills in the defaults. */
    public OutputSpec {
        parts = parts == null ? Integer.valueOf(1) : parts;
        header = header == null ? Boolean.TRUE : header;
    }

    /** With its default. */
    @Override
    public Integer parts() {
        return parts == null ? 1 : parts;
    }

    /** With its default. */
    @Override
    public Boolean header() {
        return !Boolean.FALSE.equals(header);
    }

    /** The path or URI of the member that is set. */
    public String place() {
        return configMap == null ? Objects.requireNonNull(uri) : configMap.place();
    }
}
