package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * All bad records of a slice, in a file.
 *
 * @param name of the file among the partial results
 * @param bytes how many it has
 * @param checksum CRC-32C of them
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"name", "bytes", "checksum"})
public record RejectsFile(String name, long bytes, long checksum) {}
