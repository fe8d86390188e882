package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to read. */
@JsonPropertyOrder({"generate", "files", "sliceBytes", "format"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"generate", "files"})
@Rule(
        field = "sliceBytes",
        holds = "!(has(self.generate) && !has(self.files) && has(self.sliceBytes))",
        message = Words.SLICE_BYTES_OF_GENERATED)
@Rule(
        field = "format",
        holds = "!(has(self.generate) && !has(self.files) && has(self.format))",
        message = Words.FORMAT_OF_GENERATED)
@Rule(field = "files", holds = "!has(self.files) || self.files.size() > 0", message = Words.NO_FILES)
public record InputSpec(
        @JsonPropertyDescription("Files of random numbers, made by the workers.") @Nullable
        GenerateSpec generate,

        @JsonPropertyDescription(
                "Paths, file: and s3: URIs, also of folders or with globs (* ? [ab] {a,b} **), and https: URLs, read in this order.")
        @Size(max = InputSpec.MOST_FILES)
        @Nullable
        List<@Place(Place.Reach.ANYWHERE) @Size(max = Place.LONGEST) String> files,

        @JsonPropertyDescription(
                "With files, how much of them one slice covers. If absent, 4Mi to 64Mi, so that small inputs have up to 32 slices (two with aggregate).")
        @Nullable
        ByteSize sliceBytes,

        @JsonPropertyDescription("With files, how they are laid out: CSV with a header if absent.") @Nullable
        FormatSpec format) {
    /** The most entries: a folder or a glob stands for any number of files. */
    static final int MOST_FILES = 1000;

    /** Fills in the defaults of an input of files. */
    public InputSpec {
        files = files == null ? null : List.copyOf(files);
        if (files != null) {
            format = format == null ? new FormatSpec(null, CsvFormat.standard()) : format;
        }
    }
}
