package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;

/**
 * Groups, with an index of its blocks behind them.
 *
 * @param name of the file among the partial results
 * @param sorted whether they are in the order of their keys; if not, their blocks are in that order and begin with borders
 * @param start the place of its first block in the file, which may hold several
 * @param records how many groups
 * @param bytes of the blocks
 * @param indexBytes of the index
 * @param checksum CRC-32C of the index, which has those of the blocks
 * @param samples some of the keys in order, evenly spread, the first and the last one among them, in base64
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"name", "sorted", "start", "records", "bytes", "indexBytes", "checksum", "samples"})
public record Run(
        String name,
        boolean sorted,
        long start,
        long records,
        long bytes,
        int indexBytes,
        long checksum,
        List<String> samples) {
    /** Copies the samples. */
    public Run {
        Objects.requireNonNull(name);
        samples = List.copyOf(samples);
    }

    /** The place behind it in its file. */
    @JsonIgnore
    public long end() {
        return start + bytes + indexBytes;
    }
}
