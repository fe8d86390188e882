package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.filejob.model.RowCounts;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of a slice. A slice of quoted text has to guess where its first record begins, so the result holds only
 * together with that start: {@link Coverage} checks that each slice began where the one before it ended.
 *
 * @param slice its number
 * @param start the position of its first record
 * @param end the position of the first record after it
 * @param certain whether the start is known and not guessed
 * @param lines physical line ends within the last of its files, from the slice's start in it to the end
 * @param bytes how many bytes of input it covered
 * @param rows what it read
 * @param samples the first bad records
 * @param failure the record that it stopped at; then {@code end}, rows and partial mean nothing
 * @param rejects the file with all bad records, if they are wanted and there are any
 * @param partial its contribution
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({
    "slice", "start", "end", "certain", "lines", "bytes", "rows", "samples", "failure", "rejects", "partial"
})
public record SliceResult(
        int slice,
        long start,
        long end,
        boolean certain,
        long lines,
        long bytes,
        @JsonFormat(shape = JsonFormat.Shape.ARRAY) RowCounts rows,
        List<Rejection> samples,
        @Nullable Rejection failure,
        @Nullable RejectsFile rejects,
        Partial partial) {
    /** Copies the samples; what is damaged may lack parts. */
    public SliceResult {
        Objects.requireNonNull(rows);
        Objects.requireNonNull(partial);
        samples = List.copyOf(samples);
    }

    /** The result of a slice that reads no input. */
    public static SliceResult later(int slice, Partial partial) {
        return new SliceResult(slice, 0, 0, true, 0, 0, RowCounts.NONE, List.of(), null, null, partial);
    }

    /** Whether both say the same of the same records, however they knew the start. */
    @JsonIgnore
    boolean agrees(SliceResult other) {
        return slice == other.slice
                && start == other.start
                && (failure == null) == (other.failure == null)
                && (failure != null
                        || (end == other.end
                                && lines == other.lines
                                && bytes == other.bytes
                                && rows.equals(other.rows)
                                && samples.equals(other.samples)
                                && Objects.equals(rejects, other.rejects)
                                && partial.equals(other.partial)));
    }
}
