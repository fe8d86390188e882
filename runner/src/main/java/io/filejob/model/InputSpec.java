package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read; exactly one of {@code generate} and {@code files} is set.
 *
 * @param generate files of random numbers, made by the workers
 * @param files paths, {@code file:} URIs, folders or globs ({@code * ? [ab] {a,b} **}), read in this order
 * @param sliceBytes how much of the files one slice covers; with {@code files} only
 * @param format how the files are laid out: CSV with a header if absent; with {@code files} only
 */
@JsonPropertyOrder({"generate", "files", "sliceBytes", "format"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputSpec(
        @Nullable GenerateSpec generate,
        @Nullable List<String> files,
        @Default(InputSpec.DEFAULT_SLICE_BYTES) @Nullable ByteSize sliceBytes,
        @Nullable FormatSpec format) {
    static final String DEFAULT_SLICE_BYTES = "64Mi";

    /** Fills in the defaults of an input of files. */
    public InputSpec {
        files = files == null ? null : List.copyOf(files);
        if (files != null) {
            sliceBytes = sliceBytes == null ? ByteSize.parse(DEFAULT_SLICE_BYTES) : sliceBytes;
            format = format == null ? new FormatSpec(null, new CsvFormat(null, null)) : format;
        }
    }
}
