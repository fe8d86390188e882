package io.filejob.plan;

import io.filejob.job.FileSlicing;
import io.filejob.job.Fingerprint;
import io.filejob.job.GeneratedSlicing;
import io.filejob.job.InputFile;
import io.filejob.job.Plan;
import io.filejob.job.Slicing;
import io.filejob.job.TablePartitions;
import io.filejob.model.AggregateSpec;
import io.filejob.model.AverageSpec;
import io.filejob.model.ByteSize;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.IngestSpec;
import io.filejob.model.JobFailure;
import io.filejob.model.Json;
import io.filejob.storage.Places;
import java.util.List;
import java.util.Objects;

/** Makes the plan of a job. */
public final class Planner {
    /** A range of keys of a large result is that of so many bytes of input. */
    private static final long BYTES_PER_RANGE = 4L << 20;

    private static final long MOST_RANGES = 1024;

    /** So many slices are enough for workers to end at about the same time, and for one that is lost not to matter. */
    private static final long ENOUGH_SLICES = 32;
    /** Groups are told once for each slice: of them there are no more than it takes for two workers. */
    private static final long ENOUGH_SLICES_OF_GROUPS = 2;

    private static final long SMALLEST_SLICE = 4L << 20;
    private static final long LARGEST_SLICE = 64L << 20;

    private Planner() {}

    /**
     * The plan for {@code spec} and its inputs as they stand now. Everyone who
     * plans the same spec over the same inputs gets the same plan. {@link JobFailure} if an input is missing.
     */
    public static Plan plan(FileJobSpec spec, Places places) {
        List<String> files = spec.input().files();
        return plan(spec, files == null ? List.of() : places.list(files));
    }

    /** The digest of the part of {@code spec} that decides the result, as fingerprints have it. */
    public static String digest(FileJobSpec spec) {
        return Json.digest(spec.decisive());
    }

    /** The plan for {@code spec} and {@code files}, which are what its {@code input.files} gave when they were listed. */
    public static Plan plan(FileJobSpec spec, List<InputFile> files) {
        Slicing slicing = slicing(spec, files);
        return new Plan(
                new Fingerprint(digest(spec), inputs(slicing)),
                slicing,
                reduceSlices(spec, slicing),
                spec.operation().ingest() != null,
                spec.output() != null
                        || spec.rejects() != null
                        || spec.operation().ingest() != null);
    }

    private static int reduceSlices(FileJobSpec spec, Slicing slicing) {
        return switch (spec.operation().chosen()) {
            case AverageSpec _ -> 0;
            case AggregateSpec _ -> (int) Math.clamp(Math.ceilDiv(bytes(slicing), BYTES_PER_RANGE), 1, MOST_RANGES);
            case IngestSpec ingest ->
                ingest.mode() == IngestSpec.Mode.APPEND
                        ? slicing.slices()
                        : ingest.comesAtOnce() ? 1 : TablePartitions.of(bytes(slicing));
        };
    }

    private static long bytes(Slicing slicing) {
        return slicing instanceof FileSlicing files ? files.bytes() : 0;
    }

    private static Slicing slicing(FileJobSpec spec, List<InputFile> files) {
        if (spec.input().generate() != null) {
            return new GeneratedSlicing(spec.input().generate());
        }
        long bytes = files.stream().mapToLong(InputFile::size).sum();
        ByteSize wanted = spec.input().sliceBytes();
        long sliceBytes = wanted == null ? sliceBytes(spec, bytes) : wanted.bytes();
        long slices = Math.ceilDiv(bytes, sliceBytes);
        if (slices > FileJobSpec.MAX_SLICES) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    "spec.input.sliceBytes: " + Objects.requireNonNull(wanted).text() + " gives " + slices
                            + " slices of the input's " + bytes + " bytes, more than " + FileJobSpec.MAX_SLICES
                            + ": use "
                            + Math.ceilDiv(bytes, (long) FileJobSpec.MAX_SLICES) + " or more");
        }
        return new FileSlicing(files, sliceBytes);
    }

    /** What nobody has chosen depends on nothing but the spec and the input, as all of the plan does. */
    private static long sliceBytes(FileJobSpec spec, long bytes) {
        long enough = spec.operation().aggregate() == null ? ENOUGH_SLICES : ENOUGH_SLICES_OF_GROUPS;
        long slices =
                Math.max(Math.min(enough, Math.ceilDiv(bytes, SMALLEST_SLICE)), Math.ceilDiv(bytes, LARGEST_SLICE));
        return Math.max(1, Math.ceilDiv(bytes, Math.clamp(slices, 1, FileJobSpec.MAX_SLICES)));
    }

    private static String inputs(Slicing slicing) {
        return switch (slicing) {
            case GeneratedSlicing _ -> Json.digest(List.of());
            case FileSlicing files ->
                Json.digest(files.files().stream()
                        .map(file -> List.of(file.name(), Long.toString(file.size()), file.version()))
                        .toList());
        };
    }
}
