package io.filejob.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Slices of equal size over the sequence of all input files, so that a slice may contain many small files or a part of
 * a large one. A position is an offset in bytes in this sequence of stored files.
 *
 * <p>A file that is not splittable acts like one record: the slice with its first byte owns the whole file, other
 * slices own no part of it, and the records after it begin at the position of its end.
 */
public final class FileSlicing implements Slicing {
    private final List<InputFile> files;
    private final long sliceBytes;
    /** The position at which each file begins, followed by the end of the last file. */
    private final long[] begins;

    /** Cuts {@code files}, in this order; {@code sliceBytes} is at least 1. */
    public FileSlicing(List<InputFile> files, long sliceBytes) {
        this.files = List.copyOf(files);
        this.sliceBytes = sliceBytes;
        this.begins = new long[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            begins[i + 1] = Math.addExact(begins[i], files.get(i).size());
        }
    }

    /**
     * A part of one file: the records with a first byte in [{@code from}, {@code to}) of it; [0, {@link
     * Long#MAX_VALUE}) is the whole of a file that is not splittable.
     */
    public record Part(int file, long from, long to, OptionalLong start) {}

    /**
     * Returns the parts of slice {@code slice}, in order; empty if it lies within a file that is not splittable. {@code
     * start} is the position of its first record, if it is known.
     */
    public List<Part> parts(int slice, OptionalLong start) {
        List<Part> parts = new ArrayList<>();
        long position = firstOwned(slice);
        while (position < end(slice)) {
            int file = (int) fileAt(position);
            long fileBegin = begins[file];
            if (!files.get(file).isSplittable()) {
                parts.add(new Part(file, 0, Long.MAX_VALUE, OptionalLong.of(0)));
                position = begins[file + 1];
                continue;
            }
            long to = Math.min(end(slice), begins[file + 1]);
            boolean first = position == begin(slice);
            OptionalLong startInFile =
                    first && start.isPresent() ? OptionalLong.of(start.getAsLong() - fileBegin) : OptionalLong.empty();
            parts.add(new Part(file, position - fileBegin, to - fileBegin, startInFile));
            position = to;
        }
        return parts;
    }

    /**
     * Returns the position at which {@link #parts} of slice {@code slice} begin: its own begin or, if that lies within
     * a file that is not splittable, the end of that file, which may be beyond the end of the slice.
     */
    public long firstOwned(int slice) {
        long begin = begin(slice);
        if (begin >= bytes()) {
            return begin;
        }
        int file = (int) fileAt(begin);
        return begins[file] == begin || files.get(file).isSplittable() ? begin : begins[file + 1];
    }

    /** Returns the position of byte {@code offset} of the unpacked content of file {@code file}. */
    public long position(int file, long offset) {
        boolean all = files.get(file).isSplittable() || offset == 0;
        return all ? begins[file] + offset : begins[file + 1];
    }

    /** Returns the position of the next record after file {@code file} has been read up to byte {@code offset}. */
    public long endPosition(int file, long offset) {
        return files.get(file).isSplittable() ? begins[file] + offset : begins[file + 1];
    }

    /** Returns all files, in order. */
    public List<InputFile> files() {
        return files;
    }

    /** Returns the size of a slice in bytes. */
    public long sliceBytes() {
        return sliceBytes;
    }

    /** Returns the total size of all files in bytes. */
    public long bytes() {
        return begins[files.size()];
    }

    @Override
    public int slices() {
        return Math.toIntExact(Math.ceilDiv(bytes(), sliceBytes));
    }

    @Override
    public long begin(int slice) {
        return slice * sliceBytes;
    }

    @Override
    public long end(int slice) {
        return bytes() - begin(slice) <= sliceBytes ? bytes() : begin(slice) + sliceBytes;
    }

    @Override
    public long inputs() {
        return files.size();
    }

    @Override
    public String source(long file) {
        return files.get(Math.toIntExact(file)).name();
    }

    @Override
    public long fileBegin(long file) {
        return begins[Math.toIntExact(file)];
    }

    @Override
    public long fileAt(long position) {
        int index = Arrays.binarySearch(begins, position);
        if (index < 0) {
            return -(index + 2L);
        }
        // An empty file has the same begin as the next one.
        while (index + 1 < begins.length && begins[index + 1] == position) {
            index++;
        }
        return index;
    }
}
