package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.filejob.status.ImageCounts;
import io.filejob.status.RowCounts;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images of a slice. Copies of a slice may differ, since images on the web change between two fetches: any copy for
 * the same images can replace another one.
 *
 * @param counts the numbers of images and bytes
 * @param inline the outcomes of the images; empty if they are in a file
 * @param file the file among the partial results with the outcomes; null if they are inline
 * @param basis the results from which it was computed: {@link Coverage#basis}
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"counts", "inline", "file", "basis"})
public record ImagesPartial(
        @JsonFormat(shape = JsonFormat.Shape.ARRAY) ImageCounts counts,
        ImageOutcomes inline,
        @Nullable OutcomesFile file,
        String basis)
        implements Partial {
    /** Refuses values that no slice has, as forged ledgers may have them. */
    public ImagesPartial {
        Objects.requireNonNull(inline);
        Objects.requireNonNull(basis);
        Counts.check(
                counts.in(), counts.compressed(), counts.kept(), counts.failed(), counts.bytesIn(), counts.bytesOut());
        boolean adds = counts.in() == counts.compressed() + counts.kept() + counts.failed();
        if (!adds || (file == null && counts.in() != inline.decoded().size())) {
            throw new IllegalArgumentException("not the counts of these images");
        }
    }

    /**
     * A file with the outcomes of a slice.
     *
     * @param name the name of the file among the partial results
     * @param bytes its size
     * @param checksum CRC-32C of its bytes
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"name", "bytes", "checksum"})
    public record OutcomesFile(String name, long bytes, long checksum) {
        /** Refuses values that no file has, as forged ledgers may have them. */
        public OutcomesFile {
            Objects.requireNonNull(name);
            Counts.check(bytes);
        }
    }

    @Override
    public Stream<String> files() {
        return file == null ? Stream.empty() : Stream.of(file.name());
    }

    @Override
    public boolean canReplace(Partial other) {
        return other instanceof ImagesPartial images && images.basis.equals(basis) && images.counts.in() == counts.in();
    }

    @Override
    public long failures() {
        return counts.failed();
    }

    @Override
    public RowCounts records() {
        return new RowCounts(counts.in(), counts.compressed() + counts.kept(), counts.failed());
    }
}
