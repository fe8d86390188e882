package io.filejob.spec.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.Operation;
import io.filejob.validation.CheckedBy;
import io.filejob.value.EnumNames;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fetches, compresses and stores the images that the rows of CSV files name. */
@JsonPropertyOrder({"columns", "to", "quality", "targetBytes", "scale", "format", "limits"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(CompressImagesRules.class)
public record CompressImagesSpec(
        @JsonPropertyDescription(
                "The columns of the input. If absent, those named S. No., Product Name and Input Image Urls; case, blanks and dots do not count.")
        @Nullable
        ImageColumnsSpec columns,

        @JsonPropertyDescription(
                "The folder of the compressed images, which are named after serial number, position and content.")
        @Required
        ImageFolderSpec to,

        @JsonPropertyDescription("The quality of the encoder, 1 to 100. If absent, "
                + CompressImagesSpec.DEFAULT_QUALITY + ", unless targetBytes is set.")
        @Min(1)
        @Max(100)
        @Nullable
        Integer quality,

        @JsonPropertyDescription(
                "The size that an image must not exceed, in bytes (200Ki) or percent of the input's size (50%). Each image gets the best quality that fits. If absent, quality decides.")
        @Size(max = CompressImagesSpec.MAX_TARGET_LENGTH)
        @Nullable
        String targetBytes,

        @JsonPropertyDescription("The percentage of width and height, 1 to 100.")
        @Default("" + CompressImagesSpec.DEFAULT_SCALE)
        @Min(1)
        @Max(100)
        @Nullable
        Integer scale,

        @JsonPropertyDescription(
                "The format of the compressed images: that of each input (same; JPEG for HEIC), or another one.")
        @Default(CompressImagesSpec.DEFAULT_FORMAT)
        @Nullable
        ImageEncoding format,

        @JsonPropertyDescription("The limits of one image. If absent, 25Mi, 50000000 pixels, 60 seconds, 2 per host.")
        @Nullable
        ImageLimitsSpec limits)
        implements Operation {
    static final int DEFAULT_QUALITY = 50;
    static final int DEFAULT_SCALE = 100;
    static final String DEFAULT_FORMAT = "same";
    static final int MAX_TARGET_LENGTH = 20;

    /** The syntax of a percentage. */
    static final String PERCENT = "([1-9][0-9]?|100)%";
    /** The syntax of {@code targetBytes}: a percentage or a whole number of bytes, kibibytes and so on. */
    static final String TARGET = PERCENT + "|[1-9][0-9]{0,8}(k|M|G|Ki|Mi|Gi)?";

    /** Fills in the defaults. */
    public CompressImagesSpec {
        columns = columns == null ? ImageColumnsSpec.standard() : columns;
        scale = scale == null ? Integer.valueOf(DEFAULT_SCALE) : scale;
        format = format == null ? EnumNames.constant(ImageEncoding.class, DEFAULT_FORMAT) : format;
        limits = limits == null ? ImageLimitsSpec.standard() : limits;
    }

    /** The format of the compressed images. */
    public enum ImageEncoding {
        /** That of each input. */
        @JsonProperty("same")
        SAME,
        /** JPEG. */
        @JsonProperty("jpeg")
        JPEG,
        /** WebP. */
        @JsonProperty("webp")
        WEBP,
        /** PNG. */
        @JsonProperty("png")
        PNG,
        /** AVIF. */
        @JsonProperty("avif")
        AVIF
    }

    /** Returns the columns of the input, with their defaults. */
    @Override
    public ImageColumnsSpec columns() {
        return Objects.requireNonNull(columns);
    }

    /** Returns the percentage of width and height, {@value #DEFAULT_SCALE} by default. */
    @Override
    public Integer scale() {
        return Objects.requireNonNull(scale);
    }

    /** Returns the format of the compressed images, {@value #DEFAULT_FORMAT} by default. */
    @Override
    public ImageEncoding format() {
        return Objects.requireNonNull(format);
    }

    /** Returns the limits of one image, with their defaults. */
    @Override
    public ImageLimitsSpec limits() {
        return Objects.requireNonNull(limits);
    }

    /** Returns the quality of the encoder, {@value #DEFAULT_QUALITY} by default. */
    public int encoderQuality() {
        return quality == null ? DEFAULT_QUALITY : quality;
    }
}
