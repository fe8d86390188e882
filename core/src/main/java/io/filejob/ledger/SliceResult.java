package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.filejob.coverage.Coverage;
import io.filejob.status.RowCounts;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a slice. A slice of quoted text has to guess where its first record begins, so its result is valid only
 * for that start: {@link Coverage} checks that each slice begins where the one before it ended.
 *
 * @param slice its number
 * @param start the position of its first record
 * @param end the position of the first record after it
 * @param certain whether the start is known and not guessed
 * @param lines physical line ends within the last of its files, from the slice's start in it to the end
 * @param bytes the number of input bytes that it covered
 * @param rows the counts of rows
 * @param samples the first bad records
 * @param failure the record at which it stopped; in that case {@code end}, rows and partial are meaningless
 * @param rejects the file with all bad records, if the spec asks for them and there are any
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
    /** Copies {@code samples}; accepts missing components, as damaged ledgers may have them. */
    public SliceResult {
        Objects.requireNonNull(rows);
        Objects.requireNonNull(partial);
        samples = List.copyOf(samples);
    }

    /** Creates the result of a slice that reads no input. */
    public static SliceResult later(int slice, Partial partial) {
        return builder(slice, 0, 0, partial).build();
    }

    /** Starts the result of a slice with a known start, without rows. */
    public static SliceResultBuilder builder(int slice, long start, long end, Partial partial) {
        return new SliceResultBuilder(slice, start, end, partial);
    }

    /** Starts a copy of this result. */
    public SliceResultBuilder toBuilder() {
        return new SliceResultBuilder(slice, start, end, partial)
                .certain(certain)
                .lines(lines)
                .bytes(bytes)
                .rows(rows)
                .samples(samples)
                .failure(failure)
                .rejects(rejects);
    }

    /** Returns whether this result can be used instead of {@code other}, of the same slice: it agrees or is as good. */
    @JsonIgnore
    public boolean canReplace(SliceResult other) {
        return agrees(other)
                || (slice == other.slice
                        && start == other.start
                        && end == other.end
                        && failure == null
                        && other.failure == null
                        && rows.equals(other.rows)
                        && !partial.equals(other.partial)
                        && partial.canReplace(other.partial));
    }

    /** Returns the names of its files among the partial results. */
    public Stream<String> files() {
        return Stream.concat(Stream.ofNullable(rejects).map(RejectsFile::name), partial.files());
    }

    /** Returns whether both results say the same about the same records, regardless of how the start was known. */
    @JsonIgnore
    public boolean agrees(SliceResult other) {
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
