package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;

/**
 * Groups in a file, followed by an index of their blocks.
 *
 * @param name the name of the file among the partial results
 * @param sorted whether the groups are in the order of their keys; if not, their blocks are in that order and begin
 * with borders
 * @param start the offset of its first block in the file, which may contain several runs
 * @param records the number of groups
 * @param bytes the size of the blocks
 * @param indexBytes the size of the index
 * @param checksum CRC-32C of the index, which contains the checksums of the blocks
 * @param samples some of the keys in order, evenly spread, including the first and the last one, in base64
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"name", "sorted", "start", "records", "bytes", "indexBytes", "checksum", "samples"})
public record SpillFile(
        String name,
        boolean sorted,
        long start,
        long records,
        long bytes,
        int indexBytes,
        long checksum,
        List<String> samples) {
    /** Copies {@code samples}; refuses values that no file has, as forged ledgers may have them. */
    public SpillFile {
        Objects.requireNonNull(name);
        Counts.check(start, records, bytes, indexBytes);
        samples = List.copyOf(samples);
    }

    /** Returns the offset of the first byte after the run in its file. */
    @JsonIgnore
    public long end() {
        return start + bytes + indexBytes;
    }
}
