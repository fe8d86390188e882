package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
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
    "volumes",
    "pod"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
        field = "tolerated",
        holds = "!has(self.tolerated) || self.onBadRecord == 'skip'",
        message = RuleMessages.WITHOUT_SKIP)
@Rule(
        field = "rejects",
        holds = "!has(self.rejects) || self.onBadRecord == 'skip'",
        message = RuleMessages.WITHOUT_SKIP)
@Rule(
        field = "rejects.uri",
        holds = "!has(self.rejects) || !has(self.output) || !has(self.output.uri)"
                + " || self.rejects.uri != self.output.uri",
        message = RuleMessages.REJECTS_IN_OUTPUT)
@Rule(
        field = "memory",
        holds = "!has(self.memory) || !isQuantity(string(self.memory)) || quantity(string(self.memory))"
                + ".compareTo(quantity('" + FileJobSpec.MIN_MEMORY + "')) >= 0",
        message = RuleMessages.LITTLE_MEMORY)
@Rule(
        field = "output.parts",
        holds = "!has(self.output) || self.output.parts <= 1 || has(self.operation.aggregate)",
        message = RuleMessages.PARTS_WITHOUT_GROUPS)
@Rule(
        field = "input.format.csv.nullText",
        holds = "!has(self.output) || !has(self.operation.aggregate) || !has(self.input.format)"
                + " || !has(self.input.format.csv) || !has(self.input.format.csv.nullText)"
                + " || !self.input.format.csv.nullText.matches('" + CsvFormat.SPECIAL_IN_OUTPUT + "')",
        message = RuleMessages.NO_OUTPUT_TEXT,
        values = "'\"' + self.input.format.csv.nullText + '\"'")
@Rule(
        field = "s3",
        holds = "!has(self.s3) || (has(self.input.files) && self.input.files.exists(f, f.startsWith('"
                + Location.S3_SCHEME
                + "'))) || (has(self.output) && has(self.output.uri) && self.output.uri.startsWith('"
                + Location.S3_SCHEME
                + "')) || (has(self.rejects) && self.rejects.uri.startsWith('" + Location.S3_SCHEME
                + "')) || (has(self.store) && self.store.uri.startsWith('" + Location.S3_SCHEME + "'))",
        message = RuleMessages.S3_WITHOUT_PLACE)
@Rule(
        field = "volumes",
        holds = "!has(self.volumes) || self.volumes.all(v, self.volumes.exists_one(o, o.name == v.name))",
        message = RuleMessages.VOLUME_TWICE)
@Rule(
        field = "volumes",
        holds = "!has(self.volumes) || self.volumes.all(v, self.volumes.exists_one(o, o.mountPath == v.mountPath))",
        message = RuleMessages.PATH_TWICE)
@Rule(
        field = "operation.aggregate",
        holds = "!has(self.operation.aggregate) || !(has(self.input.generate) || " + FileJobSpec.LINES + ")",
        message = RuleMessages.NEEDS_CSV,
        values = "has(self.input.generate) ? 'generated' : 'lines'")
@Rule(
        field = "operation.ingest",
        holds = "!has(self.operation.ingest) || !(has(self.input.generate) || " + FileJobSpec.LINES + ")",
        message = RuleMessages.NEEDS_CSV,
        values = "has(self.input.generate) ? 'generated' : 'lines'")
@Rule(
        field = "operation.ingest.columns",
        holds = "!has(self.operation.ingest) || has(self.operation.ingest.columns)"
                + " || !has(self.input.format) || !has(self.input.format.csv)"
                + " || self.input.format.csv.header || has(self.input.format.csv.columns)",
        message = RuleMessages.COLUMNS_WITHOUT_HEADER)
@Rule(
        field = "output",
        holds = "!has(self.operation.ingest) || !has(self.output)",
        message = RuleMessages.OUTPUT_OF_INGEST)
@Rule(
        field = "operation.average.column",
        holds = "!has(self.operation.average) || !has(self.operation.average.column)"
                + " || !(has(self.input.generate) || " + FileJobSpec.LINES + ")",
        message = RuleMessages.COLUMN_WITHOUT_EFFECT,
        values = {"'\"' + self.operation.average.column + '\"'", "has(self.input.generate) ? 'generated' : 'lines'"})
@Rule(
        field = "operation.average.column",
        holds = "!has(self.operation.average) || has(self.operation.average.column)"
                + " || !has(self.input.files) || has(self.input.generate) || " + FileJobSpec.LINES,
        message = RuleMessages.COLUMN_REQUIRED)
public record FileJobSpec(
        @JsonPropertyDescription("The number of workers (W), 1 to " + FileJobSpec.MAX_WORKERS
                + ". It may be changed while the job runs and does not affect the result.")
        @Default("1")
        @Min(1)
        @Max(FileJobSpec.MAX_WORKERS)
        @Nullable
        Integer workers,

        @JsonPropertyDescription(
                "Whether the job is suspended. Its pods are stopped; finished slices are kept. For clusters only.")
        @Default("false")
        @Nullable
        Boolean suspend,

        @JsonPropertyDescription("How bad records are handled: fail the job at the first one, or skip them.")
        @Default("fail")
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
                        + FileJobSpec.MIN_MEMORY + "; " + FileJobSpec.DEFAULT_MEMORY + " if absent.")
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
                "The hosts that http: and https: inputs may use. If absent, all hosts with public addresses.")
        @FixedOncePlanned
        @Nullable
        NetworkSpec network,

        @JsonPropertyDescription("The PersistentVolumeClaims that the workers' pods mount. In local runs, see --mount.")
        @Size(max = FileJobSpec.MAX_VOLUMES)
        @FixedOncePlanned
        @Nullable
        List<VolumeSpec> volumes,

        @JsonPropertyDescription("Settings of the workers' pods. For clusters only.") @FixedOncePlanned @Nullable
        PodSpec pod) {
    /** The minimum of {@code memory}. */
    static final String MIN_MEMORY = "16Mi";
    /** The default of {@code memory}. */
    static final String DEFAULT_MEMORY = "64Mi";
    /** The maximum length of a record, in bytes. */
    public static final int MAX_RECORD = 16 << 20;
    /** The maximum number of volumes. */
    static final int MAX_VOLUMES = 16;

    /** The maximum number of workers: an Indexed Job's limit on parallelism with many completions. */
    public static final int MAX_WORKERS = 10_000;

    /** The maximum number of slices of a job, since their results are held in memory when they are merged. */
    public static final int MAX_SLICES = 100_000;

    /** Whether the input has the format {@code lines}, in CEL. */
    static final String LINES = "(has(self.input.format) && has(self.input.format.lines))";

    /** Fills in the defaults. */
    public FileJobSpec {
        workers = workers == null ? Integer.valueOf(1) : workers;
        suspend = suspend == null ? Boolean.FALSE : suspend;
        onBadRecord = onBadRecord == null ? OnBadRecord.FAIL : onBadRecord;
        volumes = volumes == null ? null : List.copyOf(volumes);
    }

    /** Returns the number of workers (W), 1 by default. */
    @Override
    public Integer workers() {
        return workers == null ? 1 : workers;
    }

    /** Returns whether the job is suspended, false by default. */
    @Override
    public Boolean suspend() {
        return Boolean.TRUE.equals(suspend);
    }

    /** Returns how bad records are handled, {@link OnBadRecord#FAIL} by default. */
    @Override
    public OnBadRecord onBadRecord() {
        return onBadRecord == null ? OnBadRecord.FAIL : onBadRecord;
    }

    /** Returns the memory of a worker in bytes, the same for all workers of a job. */
    public long memoryBytes() {
        return memory == null ? ByteSize.parse(DEFAULT_MEMORY).bytes() : memory.bytes();
    }

    /**
     * Returns the maximum length of an input record in bytes: a quarter of the memory, at most {@value #MAX_RECORD}.
     */
    public int recordBytes() {
        return (int) Math.min(memoryBytes() / 4, MAX_RECORD);
    }

    FileJobSpec withWorkers(int number) {
        return new FileJobSpec(
                number,
                suspend,
                onBadRecord,
                tolerated,
                rejects,
                memory,
                activeDeadlineSeconds,
                ttlSecondsAfterFinished,
                input,
                operation,
                output,
                store,
                s3,
                network,
                volumes,
                pod);
    }

    /**
     * Returns the part of the spec that determines the result, without the number, location and run time of workers.
     */
    public FileJobSpec resultDefiningPart() {
        return new FileJobSpec(
                1,
                false,
                onBadRecord,
                tolerated,
                rejects,
                memory,
                null,
                null,
                input,
                operation,
                output,
                null,
                null,
                null,
                null,
                null);
    }
}
