package io.filejob.operation;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.Cut;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.GeneratedSlicing;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.plan.Slicing;
import io.filejob.spec.InputSpec;
import io.filejob.value.ByteSize;
import io.filejob.value.Json;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Plans jobs. */
public final class Planner {
    private static final long MIN_SLICE = 4L << 20;
    private static final long MAX_SLICE = 64L << 20;

    /** Maximum size in bytes of a slice's groups in a ledger. */
    private static final long MAX_INLINE = 64 << 10;
    /** Size in bytes that each slice may leave in a ledger, if there are few enough slices. */
    private static final long MIN_INLINE = 2 << 10;
    /** Maximum size in bytes of the groups in all ledgers of a job with slices above {@link #MIN_INLINE}. */
    private static final long ALL_INLINE = 1 << 20;
    /** Maximum size in bytes of the groups in all ledgers of any job. */
    private static final long ALL_LEAST_INLINE = 8 << 20;

    private Planner() {}

    /**
     * Returns the plan for {@code spec} and the current state of its inputs. The same spec and inputs always give the
     * same plan. Throws {@link JobFailedException} if an input is missing.
     */
    public static Plan plan(FileJobSpec spec, JobInput input) {
        List<String> entries = spec.input().files();
        List<InputFile> files = entries == null ? List.of() : input.list(entries);
        return plan(spec, files, FoundDelimiter.pinned(spec, files, input::open, cut(spec, files, Cut.PROTOCOL)));
    }

    /** Returns the digest of the part of {@code spec} that determines the result, as used in fingerprints. */
    public static String digest(FileJobSpec spec) {
        return digest(spec, Cut.PROTOCOL);
    }

    private static String digest(FileJobSpec spec, int protocol) {
        return Json.digest(
                protocol == Cut.UNPINNED ? spec.resultDefiningPart() : List.of(protocol, spec.resultDefiningPart()));
    }

    /**
     * Returns the plan for {@code spec} and {@code files}, the listing of its {@code input.files}, with the cut of this
     * release. Throws {@link JobFailedException} if the delimiter has to be found in the files.
     */
    public static Plan plan(FileJobSpec spec, List<InputFile> files) {
        return plan(spec, files, cut(spec, files, Cut.PROTOCOL));
    }

    /**
     * Returns the plan for {@code spec} and {@code files} of a job that was planned with {@code cut}. Throws {@link
     * JobFailedException} if the cut does not fit.
     */
    public static Plan plan(FileJobSpec spec, List<InputFile> files, Cut cut) {
        Slicing slicing = spec.input().generate() != null
                ? new GeneratedSlicing(spec.input().generate())
                : cut(files, cut);
        boolean isFound = cut.delimiter() != 0;
        if (isFound != FoundDelimiter.isNeeded(spec) || !JobOperation.of(spec).fits(cut, slicing.slices())) {
            throw unusable(cut);
        }
        OperationType<?> operation = JobOperation.of(spec).type();
        return new Plan(
                new Fingerprint(digest(spec, cut.protocol()), inputs(slicing), cut),
                slicing,
                cut.reduceSlices(),
                operation.reducesAlways(),
                spec.output() != null || spec.rejects() != null || operation.publishesAlways());
    }

    /** Returns {@code planned} with the {@code cut} of the release that began the job. */
    public static Plan recut(FileJobSpec spec, Plan planned, Cut cut) {
        if (cut.equals(planned.fingerprint().cut())) {
            return planned;
        }
        return plan(spec, planned.slicing() instanceof FileSlicing files ? files.files() : List.of(), cut);
    }

    /**
     * Returns the plan according to releases that did not store a cut, so that their workers can finish the job. {@code
     * files} is empty for generated input.
     */
    public static Plan unpinned(FileJobSpec spec, List<InputFile> files) {
        return plan(spec, files, cut(spec, files, Cut.UNPINNED));
    }

    /**
     * Returns the cut of this release for a new job. {@link #unpinned} jobs rely on it too, so a change requires a copy
     * of it for them.
     */
    private static Cut cut(FileJobSpec spec, List<InputFile> files, int protocol) {
        if (spec.input().generate() != null) {
            return new Cut(protocol, 0, 0, 0, 0);
        }
        long bytes = files.stream().mapToLong(InputFile::size).sum();
        FileSlicing slicing = slicing(spec, files, bytes);
        JobOperation<?> operation = JobOperation.of(spec);
        int reduceSlices = operation.reduceSlices(bytes, slicing.slices());
        long slices = Math.max(1, operation.type().readsInputAtOnce() ? reduceSlices : slicing.slices());
        long inline = Math.max(ALL_INLINE / slices, Math.min(MIN_INLINE, ALL_LEAST_INLINE / slices));
        return new Cut(
                protocol, slicing.sliceBytes(), reduceSlices, operation.type().partitions(bytes), (int)
                        Math.min(MAX_INLINE, inline));
    }

    private static FileSlicing cut(List<InputFile> files, Cut cut) {
        long bytes = files.stream().mapToLong(InputFile::size).sum();
        if (cut.sliceBytes() < 1 || Math.ceilDiv(bytes, cut.sliceBytes()) > InputSpec.MAX_SLICES) {
            throw unusable(cut);
        }
        return new FileSlicing(files, cut.sliceBytes());
    }

    private static JobFailedException unusable(Cut cut) {
        return new JobFailedException(
                ExitCode.STORE_LOST,
                "the job was planned with a cut that does not fit its spec and input (" + cut.text()
                        + "): start a new job");
    }

    private static FileSlicing slicing(FileJobSpec spec, List<InputFile> files, long bytes) {
        if (JobOperation.of(spec).type().readsInputAtOnce()) {
            return new FileSlicing(files, Math.max(1, bytes));
        }
        ByteSize wanted = spec.input().sliceBytes();
        long sliceBytes = wanted == null ? sliceBytes(spec, bytes) : wanted.bytes();
        long slices = Math.ceilDiv(bytes, sliceBytes);
        if (slices > InputSpec.MAX_SLICES) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "spec.input.sliceBytes: " + Objects.requireNonNull(wanted).text() + " gives " + slices
                            + " slices of the input's " + bytes + " bytes, more than " + InputSpec.MAX_SLICES
                            + ": use "
                            + Math.ceilDiv(bytes, (long) InputSpec.MAX_SLICES) + " or more");
        }
        return new FileSlicing(files, sliceBytes);
    }

    /** Returns the default slice size, which depends only on the spec and the input, as the whole plan does. */
    private static long sliceBytes(FileJobSpec spec, long bytes) {
        int enough = JobOperation.of(spec).type().enoughSlices();
        long slices = Math.max(Math.min(enough, Math.ceilDiv(bytes, MIN_SLICE)), Math.ceilDiv(bytes, MAX_SLICE));
        return Math.max(1, Math.ceilDiv(bytes, Math.clamp(slices, 1, InputSpec.MAX_SLICES)));
    }

    private static String inputs(Slicing slicing) {
        return switch (slicing) {
            case GeneratedSlicing _ -> Json.digest(List.of());
            case FileSlicing files ->
                Json.digest(files.files().stream().map(Planner::identity).toList());
        };
    }

    private static List<String> identity(InputFile file) {
        List<String> identity = List.of(file.name(), Long.toString(file.size()), file.version());
        return file.isNamedForContent()
                ? identity
                : Stream.concat(identity.stream(), Stream.of(file.compression().name()))
                        .toList();
    }
}
