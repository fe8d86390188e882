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

/** What to do. */
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
@Rule(field = "tolerated", holds = "!has(self.tolerated) || self.onBadRecord == 'skip'", message = Words.WITHOUT_SKIP)
@Rule(field = "rejects", holds = "!has(self.rejects) || self.onBadRecord == 'skip'", message = Words.WITHOUT_SKIP)
@Rule(
        field = "rejects.uri",
        holds = "!has(self.rejects) || !has(self.output) || !has(self.output.uri)"
                + " || self.rejects.uri != self.output.uri",
        message = Words.REJECTS_IN_OUTPUT)
@Rule(
        field = "memory",
        holds = "!has(self.memory) || !isQuantity(string(self.memory)) || quantity(string(self.memory))"
                + ".compareTo(quantity('" + FileJobSpec.LEAST_MEMORY + "')) >= 0",
        message = Words.LITTLE_MEMORY)
@Rule(
        field = "output.parts",
        holds = "!has(self.output) || self.output.parts <= 1 || has(self.operation.aggregate)",
        message = Words.PARTS_WITHOUT_GROUPS)
@Rule(
        field = "input.format.csv.nullText",
        holds = "!has(self.output) || !has(self.operation.aggregate) || !has(self.input.format)"
                + " || !has(self.input.format.csv) || !has(self.input.format.csv.nullText)"
                + " || !self.input.format.csv.nullText.matches('" + CsvFormat.SPECIAL_IN_OUTPUT + "')",
        message = Words.NO_OUTPUT_TEXT,
        values = "'\"' + self.input.format.csv.nullText + '\"'")
@Rule(
        field = "s3",
        holds = "!has(self.s3) || (has(self.input.files) && self.input.files.exists(f, f.startsWith('" + Place.S3_SCHEME
                + "'))) || (has(self.output) && has(self.output.uri) && self.output.uri.startsWith('" + Place.S3_SCHEME
                + "')) || (has(self.rejects) && self.rejects.uri.startsWith('" + Place.S3_SCHEME
                + "')) || (has(self.store) && self.store.uri.startsWith('" + Place.S3_SCHEME + "'))",
        message = Words.S3_WITHOUT_PLACE)
@Rule(
        field = "volumes",
        holds = "!has(self.volumes) || self.volumes.all(v, self.volumes.exists_one(o, o.name == v.name))",
        message = Words.VOLUME_TWICE)
@Rule(
        field = "volumes",
        holds = "!has(self.volumes) || self.volumes.all(v, self.volumes.exists_one(o, o.mountPath == v.mountPath))",
        message = Words.PATH_TWICE)
@Rule(
        field = "operation.aggregate",
        holds = "!has(self.operation.aggregate) || !(has(self.input.generate) || " + FileJobSpec.LINES + ")",
        message = Words.NEEDS_CSV,
        values = "has(self.input.generate) ? 'generated' : 'lines'")
@Rule(
        field = "operation.ingest",
        holds = "!has(self.operation.ingest) || !(has(self.input.generate) || " + FileJobSpec.LINES + ")",
        message = Words.NEEDS_CSV,
        values = "has(self.input.generate) ? 'generated' : 'lines'")
@Rule(
        field = "operation.ingest.columns",
        holds = "!has(self.operation.ingest) || has(self.operation.ingest.columns)"
                + " || !has(self.input.format) || !has(self.input.format.csv)"
                + " || self.input.format.csv.header || has(self.input.format.csv.columns)",
        message = Words.COLUMNS_WITHOUT_HEADER)
@Rule(field = "output", holds = "!has(self.operation.ingest) || !has(self.output)", message = Words.OUTPUT_OF_INGEST)
@Rule(
        field = "operation.average.column",
        holds = "!has(self.operation.average) || !has(self.operation.average.column)"
                + " || !(has(self.input.generate) || " + FileJobSpec.LINES + ")",
        message = Words.COLUMN_WITHOUT_EFFECT,
        values = {"'\"' + self.operation.average.column + '\"'", "has(self.input.generate) ? 'generated' : 'lines'"})
@Rule(
        field = "operation.average.column",
        holds = "!has(self.operation.average) || has(self.operation.average.column)"
                + " || !has(self.input.files) || has(self.input.generate) || " + FileJobSpec.LINES,
        message = Words.COLUMN_REQUIRED)
public record FileJobSpec(
        @JsonPropertyDescription("W, how many workers share the slices, 1 to " + FileJobSpec.MAX_WORKERS
                + "; the result does not depend on it. May change while" + " the job runs.")
        @Default("1")
        @Min(1)
        @Max(FileJobSpec.MAX_WORKERS)
        @Nullable
        Integer workers,

        @JsonPropertyDescription("Whether the job stands still; what is done stays done. For clusters only.")
        @Default("false")
        @Nullable
        Boolean suspend,

        @JsonPropertyDescription("What to do about a record that cannot be used.")
        @Default("fail")
        @FixedOncePlanned
        @Nullable
        OnBadRecord onBadRecord,

        @JsonPropertyDescription(
                "With onBadRecord: skip, how many bad records a job may skip; more fail it. No limit if absent.")
        @FixedOncePlanned
        @Nullable
        Tolerated tolerated,

        @JsonPropertyDescription("With onBadRecord: skip, where all bad records go as a file.")
        @FixedOncePlanned
        @Nullable
        RejectsSpec rejects,

        @JsonPropertyDescription("How much memory a worker uses for what it holds, at least " + FileJobSpec.LEAST_MEMORY
                + ", " + FileJobSpec.DEFAULT_MEMORY + " if absent.")
        @FixedOncePlanned
        @Nullable
        ByteSize memory,

        @JsonPropertyDescription("How long the job may take, in seconds; it fails then. No limit if absent.")
        @Min(1)
        @FixedOncePlanned
        @Nullable
        Long activeDeadlineSeconds,

        @JsonPropertyDescription(
                "How long after its end the FileJob goes, in seconds; it stays if absent. For clusters only.")
        @Min(0)
        @Nullable
        Integer ttlSecondsAfterFinished,

        @JsonPropertyDescription("What to read.") @FixedOncePlanned @Required
        InputSpec input,

        @JsonPropertyDescription("What to do with it.") @FixedOncePlanned @Required
        OperationSpec operation,

        @JsonPropertyDescription(
                "Where the result goes as CSV, a file or a ConfigMap; the status holds it in any case.")
        @FixedOncePlanned
        @Nullable
        OutputSpec output,

        @JsonPropertyDescription(
                "Where the workers keep what they have done: in local runs their ledgers too, in clusters only what is too large for those. Scratch space if absent.")
        @FixedOncePlanned
        @Nullable
        StoreSpec store,

        @JsonPropertyDescription("How s3: URIs are reached.") @FixedOncePlanned @Nullable
        S3Spec s3,

        @JsonPropertyDescription("Which hosts are reached by http: and https:; those with public addresses if absent.")
        @FixedOncePlanned
        @Nullable
        NetworkSpec network,

        @JsonPropertyDescription("Claims that the workers' pods mount; in local runs see --mount.")
        @Size(max = FileJobSpec.MOST_VOLUMES)
        @FixedOncePlanned
        @Nullable
        List<VolumeSpec> volumes,

        @JsonPropertyDescription("The workers' pods. For clusters only.") @FixedOncePlanned @Nullable
        PodSpec pod) {
    /** The least that {@code memory} can be. */
    static final String LEAST_MEMORY = "16Mi";
    /** What it is if absent. */
    static final String DEFAULT_MEMORY = "64Mi";
    /** The most bytes of a record. */
    public static final int MAX_RECORD = 16 << 20;
    /** The most volumes. */
    static final int MOST_VOLUMES = 16;

    /** The most workers a job can have: an Indexed Job's limit on parallelism with many completions. */
    public static final int MAX_WORKERS = 10_000;

    /** The most slices a job may have: their results are held in memory when they are merged. */
    public static final int MAX_SLICES = 100_000;

    /** In CEL, whether the input is lines. */
    static final String LINES = "(has(self.input.format) && has(self.input.format.lines))";

    /** Fills in the defaults. */
    public FileJobSpec {
        workers = workers == null ? Integer.valueOf(1) : workers;
        suspend = suspend == null ? Boolean.FALSE : suspend;
        onBadRecord = onBadRecord == null ? OnBadRecord.FAIL : onBadRecord;
        volumes = volumes == null ? null : List.copyOf(volumes);
    }

    /** W, with its default. */
    @Override
    public Integer workers() {
        return workers == null ? 1 : workers;
    }

    /** With its default. */
    @Override
    public Boolean suspend() {
        return Boolean.TRUE.equals(suspend);
    }

    /** With its default. */
    @Override
    public OnBadRecord onBadRecord() {
        return onBadRecord == null ? OnBadRecord.FAIL : onBadRecord;
    }

    /** How much memory a worker uses for what it holds, in bytes: the same for all workers of a job. */
    public long memoryBytes() {
        return memory == null ? ByteSize.parse(DEFAULT_MEMORY).bytes() : memory.bytes();
    }

    /** The longest record of the input, in bytes: a quarter of the memory, {@value #MAX_RECORD} at most. */
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

    /** The part that decides the result: the spec but for how many workers there are, where and for how long. */
    public FileJobSpec decisive() {
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
