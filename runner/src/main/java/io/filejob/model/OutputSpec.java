package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where the result goes as a CSV file, which appears whole or not at all and replaces one of that name. */
@Rule(field = "uri", holds = "!self.uri.endsWith('/')", message = Words.FOLDER, values = "'\"' + self.uri + '\"'")
public record OutputSpec(
        @JsonPropertyDescription("A path, a file: or an s3: URI; its folder or bucket must be there.")
        @Required
        @Place(Place.Reach.STORAGE)
        @Size(max = Place.LONGEST)
        String uri,

        @JsonPropertyDescription("In how many files, 1 to " + OutputSpec.MOST_PARTS
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
}
