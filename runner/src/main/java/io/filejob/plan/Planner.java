package io.filejob.plan;

import io.filejob.job.Cut;
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

    /** Groups that take no more bytes may be put into ledgers. */
    private static final long MOST_INLINE = 64 << 10;
    /** So much of each slice may stay there, as long as there are few enough slices. */
    private static final long LEAST_INLINE = 2 << 10;
    /** The groups in all ledgers of a job, of slices with more than the least. */
    private static final long ALL_INLINE = 1 << 20;
    /** The groups in all ledgers of any job. */
    private static final long ALL_LEAST_INLINE = 8 << 20;

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
        return digest(spec, Cut.PROTOCOL);
    }

    private static String digest(FileJobSpec spec, int protocol) {
        return Json.digest(protocol == Cut.UNPINNED ? spec.decisive() : List.of(protocol, spec.decisive()));
    }

    /**
     * The plan for {@code spec} and {@code files}, which are what its {@code input.files} gave when they were listed, as this
     * release cuts it.
     */
    public static Plan plan(FileJobSpec spec, List<InputFile> files) {
        return plan(spec, files, cut(spec, files, Cut.PROTOCOL));
    }

    /**
     * The plan for {@code spec} and {@code files} of a job that was planned with {@code cut}. {@link JobFailure} if that
     * cannot be.
     */
    public static Plan plan(FileJobSpec spec, List<InputFile> files, Cut cut) {
        Slicing slicing = spec.input().generate() != null
                ? new GeneratedSlicing(spec.input().generate())
                : cut(files, cut);
        checkStages(spec, slicing, cut);
        return new Plan(
                new Fingerprint(digest(spec, cut.protocol()), inputs(slicing), cut),
                slicing,
                cut.reduceSlices(),
                spec.operation().ingest() != null,
                spec.output() != null
                        || spec.rejects() != null
                        || spec.operation().ingest() != null);
    }

    /** {@code planned}, but with the {@code cut} that its job has from the release that began it. */
    public static Plan recut(FileJobSpec spec, Plan planned, Cut cut) {
        if (cut.equals(planned.fingerprint().cut())) {
            return planned;
        }
        return plan(spec, planned.slicing() instanceof FileSlicing files ? files.files() : List.of(), cut);
    }

    /**
     * How the releases that kept no cut divided a job, so that their workers can finish it. {@code files} is empty for
     * generated input.
     */
    public static Plan unpinned(FileJobSpec spec, List<InputFile> files) {
        return plan(spec, files, cut(spec, files, Cut.UNPINNED));
    }

    /** How this release divides a new job. {@link #unpinned} jobs rely on it too: a change needs a copy of it for them. */
    private static Cut cut(FileJobSpec spec, List<InputFile> files, int protocol) {
        if (spec.input().generate() != null) {
            return new Cut(protocol, 0, 0, 0, 0);
        }
        long bytes = files.stream().mapToLong(InputFile::size).sum();
        FileSlicing slicing = slicing(spec, files, bytes);
        long slices = Math.max(1, slicing.slices());
        long inline = Math.max(ALL_INLINE / slices, Math.min(LEAST_INLINE, ALL_LEAST_INLINE / slices));
        boolean staged = spec.operation().ingest() != null;
        return new Cut(
                protocol,
                slicing.sliceBytes(),
                reduceSlices(spec, slicing),
                staged ? TablePartitions.of(bytes) : 0,
                (int) Math.min(MOST_INLINE, inline));
    }

    private static FileSlicing cut(List<InputFile> files, Cut cut) {
        long bytes = files.stream().mapToLong(InputFile::size).sum();
        if (cut.sliceBytes() < 1 || Math.ceilDiv(bytes, cut.sliceBytes()) > FileJobSpec.MAX_SLICES) {
            throw unusable(cut);
        }
        return new FileSlicing(files, cut.sliceBytes());
    }

    private static void checkStages(FileJobSpec spec, Slicing slicing, Cut cut) {
        boolean fits =
                switch (spec.operation().chosen()) {
                    case AverageSpec _ -> cut.reduceSlices() == 0;
                    case AggregateSpec _ -> cut.reduceSlices() >= 1 && cut.reduceSlices() <= MOST_RANGES;
                    case IngestSpec ingest ->
                        cut.partitions() >= 1
                                && cut.partitions() <= TablePartitions.MOST
                                && (ingest.mode() == IngestSpec.Mode.APPEND
                                        ? cut.reduceSlices() == slicing.slices()
                                        : cut.reduceSlices() == (ingest.comesAtOnce() ? 1 : cut.partitions()));
                };
        if (!fits) {
            throw unusable(cut);
        }
    }

    private static JobFailure unusable(Cut cut) {
        return new JobFailure(
                ExitCode.STORE_LOST,
                "the job was planned with a cut that does not fit its spec and input (" + cut.text()
                        + "): start a new job");
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

    private static FileSlicing slicing(FileJobSpec spec, List<InputFile> files, long bytes) {
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
