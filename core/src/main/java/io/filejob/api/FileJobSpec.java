package io.filejob.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.CallbackSpec;
import io.filejob.spec.InputSpec;
import io.filejob.spec.NetworkSpec;
import io.filejob.spec.OnBadRecord;
import io.filejob.spec.OutputSpec;
import io.filejob.spec.PodSpec;
import io.filejob.spec.RejectsSpec;
import io.filejob.spec.S3Spec;
import io.filejob.spec.StoreSpec;
import io.filejob.spec.Tolerated;
import io.filejob.spec.VolumeSpec;
import io.filejob.validation.CheckedBy;
import io.filejob.value.ByteSize;
import io.filejob.value.EnumNames;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The desired job: input, operation, output, and how to run it. */
@JsonPropertyOrder({
    "workers",
    "suspend",
    "onBadRecord",
    "tolerated",
    "rejects",
    "memory",
    "activeDeadlineSeconds",
    "ttlSecondsAfterFinished",
    "input",
    "operation",
    "output",
    "store",
    "s3",
    "network",
    "callback",
    "volumes",
    "pod"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(JobRules.class)
public record FileJobSpec(
        @JsonPropertyDescription("The number of workers (W), 1 to " + FileJobSpec.MAX_WORKERS
                + ". It may be changed while the job runs and does not affect the result.")
        @Default("" + FileJobSpec.DEFAULT_WORKERS)
        @Min(1)
        @Max(FileJobSpec.MAX_WORKERS)
        @Nullable
        Integer workers,

        @JsonPropertyDescription(
                "Whether the job is suspended. Its pods are stopped; finished slices are kept. For clusters only.")
        @Default("" + FileJobSpec.DEFAULT_SUSPEND)
        @Nullable
        Boolean suspend,

        @JsonPropertyDescription("How bad records are handled: fail the job at the first one, or skip them.")
        @Default(FileJobSpec.DEFAULT_ON_BAD_RECORD)
        @FixedOncePlanned
        @Nullable
        OnBadRecord onBadRecord,

        @JsonPropertyDescription(
                "With onBadRecord: skip, how many bad records are tolerated before the job fails. If absent, there is no limit.")
        @FixedOncePlanned
        @Nullable
        Tolerated tolerated,

        @JsonPropertyDescription("With onBadRecord: skip, the file that all bad records are written to.")
        @FixedOncePlanned
        @Nullable
        RejectsSpec rejects,

        @JsonPropertyDescription(
                "The memory that a worker uses for the data it holds, such as groups, before it spills to disk, at least "
                        + FileJobSpec.MIN_MEMORY + ". With compressImages, the memory of one compression. If absent, "
                        + FileJobSpec.DEFAULT_MEMORY + ", " + FileJobSpec.DEFAULT_IMAGE_MEMORY
                        + " with compressImages.")
        @FixedOncePlanned
        @Nullable
        ByteSize memory,

        @JsonPropertyDescription(
                "The maximum duration of the job, in seconds, after which it fails. If absent, there is no limit.")
        @Min(1)
        @FixedOncePlanned
        @Nullable
        Long activeDeadlineSeconds,

        @JsonPropertyDescription(
                "The time after its end, in seconds, at which the FileJob is deleted. If absent, it is kept. For clusters only.")
        @Min(0)
        @Nullable
        Integer ttlSecondsAfterFinished,

        @JsonPropertyDescription("The input: generated numbers or files.") @FixedOncePlanned @Required
        InputSpec input,

        @JsonPropertyDescription("The operation applied to the input.") @FixedOncePlanned @Required
        OperationSpec operation,

        @JsonPropertyDescription(
                "Where the result is written as CSV: a file or a ConfigMap. The status shows the result in any case.")
        @FixedOncePlanned
        @Nullable
        OutputSpec output,

        @JsonPropertyDescription(
                "Where workers persist their progress: in local runs ledgers and partial results, in clusters only the partial results that do not fit a ledger. If absent, scratch space is used.")
        @FixedOncePlanned
        @Nullable
        StoreSpec store,

        @JsonPropertyDescription("How object storage (s3: URIs) is accessed.") @FixedOncePlanned @Nullable
        S3Spec s3,

        @JsonPropertyDescription(
                "The hosts that http: and https: inputs, images and the callback may use. If absent, all hosts with public addresses.")
        @FixedOncePlanned
        @Nullable
        NetworkSpec network,

        @JsonPropertyDescription(
                "A signed HTTP request that tells of the job's end, complete or failed. The end does not wait for it.")
        @FixedOncePlanned
        @Nullable
        CallbackSpec callback,

        @JsonPropertyDescription("The PersistentVolumeClaims that the workers' pods mount. In local runs, see --mount.")
        @Size(max = FileJobSpec.MAX_VOLUMES)
        @FixedOncePlanned
        @Nullable
        List<VolumeSpec> volumes,

        @JsonPropertyDescription("Settings of the workers' pods. For clusters only.") @FixedOncePlanned @Nullable
        PodSpec pod) {
    /** The default of {@code workers}. */
    static final int DEFAULT_WORKERS = 1;
    /** The default of {@code suspend}. */
    static final boolean DEFAULT_SUSPEND = false;
    /** The default of {@code onBadRecord}. */
    static final String DEFAULT_ON_BAD_RECORD = "fail";
    /** The minimum of {@code memory}. */
    static final String MIN_MEMORY = "16Mi";
    /** The default of {@code memory}. */
    static final String DEFAULT_MEMORY = "64Mi";
    /** The default of {@code memory} with {@code compressImages}: enough for photographs of 12 megapixels. */
    static final String DEFAULT_IMAGE_MEMORY = "192Mi";
    /** The maximum length of a record, in bytes. */
    public static final int MAX_RECORD = 16 << 20;
    /** The maximum number of volumes. */
    static final int MAX_VOLUMES = 16;

    /** The maximum number of workers: an Indexed Job's limit on parallelism with many completions. */
    public static final int MAX_WORKERS = 10_000;

    /** Fills in the defaults. */
    public FileJobSpec {
        workers = workers == null ? Integer.valueOf(DEFAULT_WORKERS) : workers;
        suspend = suspend == null ? Boolean.valueOf(DEFAULT_SUSPEND) : suspend;
        onBadRecord = onBadRecord == null ? EnumNames.constant(OnBadRecord.class, DEFAULT_ON_BAD_RECORD) : onBadRecord;
        volumes = volumes == null ? null : List.copyOf(volumes);
    }

    /** Returns the number of workers (W), {@value #DEFAULT_WORKERS} by default. */
    @Override
    public Integer workers() {
        return Objects.requireNonNull(workers);
    }

    /** Returns whether the job is suspended, {@value #DEFAULT_SUSPEND} by default. */
    @Override
    public Boolean suspend() {
        return Objects.requireNonNull(suspend);
    }

    /** Returns how bad records are handled, {@value #DEFAULT_ON_BAD_RECORD} by default. */
    @Override
    public OnBadRecord onBadRecord() {
        return Objects.requireNonNull(onBadRecord);
    }

    /** Returns the memory of a worker in bytes, the same for all workers of a job. */
    public long memoryBytes() {
        if (memory != null) {
            return memory.bytes();
        }
        // Rules are applied to a spec without an operation, too.
        boolean compresses = operation != null && operation.compressImages() != null;
        return ByteSize.parse(compresses ? DEFAULT_IMAGE_MEMORY : DEFAULT_MEMORY)
                .bytes();
    }

    /**
     * Returns the maximum length of an input record in bytes: a quarter of the memory, at most {@value #MAX_RECORD}.
     */
    public int recordBytes() {
        return (int) Math.min(memoryBytes() / 4, MAX_RECORD);
    }

    FileJobSpec withWorkers(int number) {
        return new FileJobSpecBuilder(this).workers(number).build();
    }

    FileJobSpec withSuspend(boolean isSuspended) {
        return new FileJobSpecBuilder(this).suspend(isSuspended).build();
    }

    /** Returns the spec for reading files in which the delimiter {@code found} was found; its format is CSV. */
    public FileJobSpec withFoundDelimiter(char found) {
        return new FileJobSpecBuilder(this)
                .input(input.withFoundDelimiter(found))
                .build();
    }

    /**
     * Returns the part of the spec that determines the result, without the number, location and run time of workers.
     */
    public FileJobSpec resultDefiningPart() {
        return new FileJobSpecBuilder(this).withoutRun().build();
    }
}
