package io.filejob.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Slices of equally many bytes over all files one after the other, so that a slice may hold many small files or a part
 * of a big one. A position is a byte on that line, where files stand as they are stored.
 *
 * <p>A file that is not splittable is like one record as long as the file: the slice that holds its first byte owns all of
 * it, the others nothing of it, and what comes after it begins at its end on the line.
 */
public final class FileSlicing implements Slicing {
    private final List<InputFile> files;
    private final long sliceBytes;
    /** Where each file begins, and after them the end of all. */
    private final long[] begins;

    /** Over {@code files}, in this order; {@code sliceBytes} is 1 or more. */
    public FileSlicing(List<InputFile> files, long sliceBytes) {
        this.files = List.copyOf(files);
        this.sliceBytes = sliceBytes;
        this.begins = new long[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            begins[i + 1] = Math.addExact(begins[i], files.get(i).size());
        }
    }

    /**
     * A part of one file: the records whose first byte lies in [{@code from}, {@code to}) of it; [0,
     * {@link Long#MAX_VALUE}) is all of a file that is not splittable.
     */
    public record Part(int file, long from, long to, OptionalLong start) {}

    /**
     * What slice {@code slice} holds, in order; nothing if it lies within a file that is not splittable. {@code start} is
     * the position of its first record, where that is known.
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
     * Where {@link #parts} of slice {@code slice} begin: at its begin or, where that lies within a file that is not
     * splittable, at the end of that file, which may be beyond the slice's own.
     */
    public long firstOwned(int slice) {
        long begin = begin(slice);
        if (begin >= bytes()) {
            return begin;
        }
        int file = (int) fileAt(begin);
        return begins[file] == begin || files.get(file).isSplittable() ? begin : begins[file + 1];
    }

    /** Where, on the line, the byte {@code offset} of what is read of file {@code file} stands. */
    public long position(int file, long offset) {
        boolean all = files.get(file).isSplittable() || offset == 0;
        return all ? begins[file] + offset : begins[file + 1];
    }

    /** Where, on the line, what follows stands when file {@code file} has been read up to its byte {@code offset}. */
    public long endPosition(int file, long offset) {
        return files.get(file).isSplittable() ? begins[file] + offset : begins[file + 1];
    }

    /** All files, in order. */
    public List<InputFile> files() {
        return files;
    }

    /** The size of a slice. */
    public long sliceBytes() {
        return sliceBytes;
    }

    /** How many bytes they hold. */
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
        // Empty files begin where the next one does.
        while (index + 1 < begins.length && begins[index + 1] == position) {
            index++;
        }
        return index;
    }
}
