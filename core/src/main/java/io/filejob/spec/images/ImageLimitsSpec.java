package io.filejob.spec.images;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.filejob.validation.CheckedBy;
import io.filejob.value.ByteSize;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The limits of one image, and of the connections to its host. */
@JsonPropertyOrder({"bytes", "pixels", "seconds", "perHost"})
@CheckedBy(ImageLimitsRules.class)
public record ImageLimitsSpec(
        @JsonPropertyDescription("The maximum size of a fetched image, at most " + ImageLimitsSpec.MAX_BYTES + ".")
        @Default(ImageLimitsSpec.DEFAULT_BYTES)
        @Nullable
        ByteSize bytes,

        @JsonPropertyDescription("The maximum number of pixels of an image, in all frames together.")
        @Default("" + ImageLimitsSpec.DEFAULT_PIXELS)
        @Min(1)
        @Max(ImageLimitsSpec.MAX_PIXELS)
        @Nullable
        Long pixels,

        @JsonPropertyDescription("The maximum time for fetching an image, with all retries, in seconds.")
        @Default("" + ImageLimitsSpec.DEFAULT_SECONDS)
        @Min(1)
        @Max(ImageLimitsSpec.MAX_SECONDS)
        @Nullable
        Integer seconds,

        @JsonPropertyDescription("The maximum number of connections to a host by one worker.")
        @Default("" + ImageLimitsSpec.DEFAULT_PER_HOST)
        @Min(1)
        @Max(ImageLimitsSpec.MAX_PER_HOST)
        @Nullable
        Integer perHost) {
    static final String DEFAULT_BYTES = "25Mi";
    static final long DEFAULT_PIXELS = 50_000_000;
    static final int DEFAULT_SECONDS = 60;
    static final int DEFAULT_PER_HOST = 2;
    /** The maximum of {@code bytes}. */
    static final String MAX_BYTES = "1Gi";
    /** The maximum of {@code pixels}. */
    static final long MAX_PIXELS = 2_000_000_000;
    /** The maximum of {@code seconds}. */
    static final int MAX_SECONDS = 3600;
    /** The maximum of {@code perHost}. */
    static final int MAX_PER_HOST = 64;

    /** Fills in the defaults. */
    public ImageLimitsSpec {
        bytes = bytes == null ? ByteSize.parse(DEFAULT_BYTES) : bytes;
        pixels = pixels == null ? Long.valueOf(DEFAULT_PIXELS) : pixels;
        seconds = seconds == null ? Integer.valueOf(DEFAULT_SECONDS) : seconds;
        perHost = perHost == null ? Integer.valueOf(DEFAULT_PER_HOST) : perHost;
    }

    static ImageLimitsSpec standard() {
        return new ImageLimitsSpec(null, null, null, null);
    }

    /** Returns the maximum size of a fetched image, {@value #DEFAULT_BYTES} by default. */
    @Override
    public ByteSize bytes() {
        return Objects.requireNonNull(bytes);
    }

    /** Returns the maximum number of pixels, {@value #DEFAULT_PIXELS} by default. */
    @Override
    public Long pixels() {
        return Objects.requireNonNull(pixels);
    }

    /** Returns the maximum time for fetching an image in seconds, {@value #DEFAULT_SECONDS} by default. */
    @Override
    public Integer seconds() {
        return Objects.requireNonNull(seconds);
    }

    /** Returns the maximum number of connections to a host, {@value #DEFAULT_PER_HOST} by default. */
    @Override
    public Integer perHost() {
        return Objects.requireNonNull(perHost);
    }
}
