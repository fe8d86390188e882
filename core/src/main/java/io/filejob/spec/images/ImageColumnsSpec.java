package io.filejob.spec.images;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of the list of images, by name or by position; case, blanks and dots of names do not count. */
@JsonPropertyOrder({"serial", "name", "urls"})
@CheckedBy(ImageColumnsRules.class)
public record ImageColumnsSpec(
        @JsonPropertyDescription(
                "The column of serial numbers, by name or by position (#1). Each row has a serial number of its own, with which the names of its images begin.")
        @Default(ImageColumnsSpec.DEFAULT_SERIAL)
        @Size(max = ImageColumnsSpec.MAX_LENGTH)
        @Nullable
        String serial,

        @JsonPropertyDescription("The column of product names, by name or by position (#2).")
        @Default(ImageColumnsSpec.DEFAULT_NAME)
        @Size(max = ImageColumnsSpec.MAX_LENGTH)
        @Nullable
        String name,

        @JsonPropertyDescription(
                "The column of the images' URLs, separated by commas, by name or by position (#3). A URL is absolute: http:, https:, s3: or file:.")
        @Default(ImageColumnsSpec.DEFAULT_URLS)
        @Size(max = ImageColumnsSpec.MAX_LENGTH)
        @Nullable
        String urls) {
    static final String DEFAULT_SERIAL = "S. No.";
    static final String DEFAULT_NAME = "Product Name";
    static final String DEFAULT_URLS = "Input Image Urls";
    /** The maximum length of a column's name, in characters. */
    static final int MAX_LENGTH = 300;

    /** Fills in the defaults. */
    public ImageColumnsSpec {
        serial = serial == null ? DEFAULT_SERIAL : serial;
        name = name == null ? DEFAULT_NAME : name;
        urls = urls == null ? DEFAULT_URLS : urls;
    }

    static ImageColumnsSpec standard() {
        return new ImageColumnsSpec(null, null, null);
    }

    /** Returns the column of serial numbers, {@value #DEFAULT_SERIAL} by default. */
    @Override
    public String serial() {
        return Objects.requireNonNull(serial);
    }

    /** Returns the column of product names, {@value #DEFAULT_NAME} by default. */
    @Override
    public String name() {
        return Objects.requireNonNull(name);
    }

    /** Returns the column of URLs, {@value #DEFAULT_URLS} by default. */
    @Override
    public String urls() {
        return Objects.requireNonNull(urls);
    }
}
