package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import io.filejob.validation.OneOf;
import io.filejob.validation.ShortForm;
import io.filejob.value.Location;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the result is written as CSV. The file or ConfigMap is written atomically and replaces an existing one. */
@JsonPropertyOrder({"uri", "configMap", "parts", "header"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"uri", "configMap"})
@CheckedBy(OutputRules.class)
@ShortForm("uri")
public record OutputSpec(
        @JsonPropertyDescription("The output file, as a path, a file: or an s3: URI. Its folder or bucket must exist.")
        @Location(Location.Reach.STORAGE)
        @Size(max = Location.MAX_LENGTH)
        @Nullable
        String uri,

        @JsonPropertyDescription(
                "The ConfigMap in the FileJob's namespace that holds the result, in the key " + ConfigMapReference.KEY
                        + ", at most " + ConfigMapReference.MAX_BYTES
                        + " bytes. It outlives the FileJob; an existing ConfigMap that was not written by a FileJob is not replaced. For clusters only.")
        @Nullable
        ConfigMapReference configMap,

        @JsonPropertyDescription("With uri, the number of output files, 1 to " + OutputSpec.MAX_PARTS
                + ". If there are several, each file is numbered before its extension.")
        @Default("" + OutputSpec.DEFAULT_PARTS)
        @Min(1)
        @Max(OutputSpec.MAX_PARTS)
        @Nullable
        Integer parts,

        @JsonPropertyDescription("Whether each file begins with a header record of the column names.")
        @Default("" + OutputSpec.DEFAULT_HEADER)
        @Nullable
        Boolean header) {
    public static final int DEFAULT_PARTS = 1;
    static final boolean DEFAULT_HEADER = true;
    /** The maximum number of output files. */
    public static final int MAX_PARTS = 1000;

    /** Fills in the defaults. */
    public OutputSpec {
        parts = parts == null ? Integer.valueOf(DEFAULT_PARTS) : parts;
        header = header == null ? Boolean.valueOf(DEFAULT_HEADER) : header;
    }

    /** Returns the number of output files, {@value #DEFAULT_PARTS} by default. */
    @Override
    public Integer parts() {
        return Objects.requireNonNull(parts);
    }

    /** Returns whether each output file begins with a header record, {@value #DEFAULT_HEADER} by default. */
    @Override
    public Boolean header() {
        return Objects.requireNonNull(header);
    }

    /** Returns the location of the output: the path or URI of the member that is set. */
    public String location() {
        return configMap == null ? Objects.requireNonNull(uri) : configMap.location();
    }
}
