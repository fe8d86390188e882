package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.filejob.value.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a job, one type for each operation. In JSON, the members of all types are those of one flat object. */
public sealed interface JobResult permits AverageResult, AggregateResult, IngestResult, ImagesResult {
    /** The maximum number of rows that a status shows. */
    int MAX_ROWS = 10;

    /** Returns the result with these members. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static JobResult of(ResultFields fields) {
        return fields.toResult();
    }

    /** Returns the result of an average; {@code average} is null if there were no numbers. */
    static JobResult ofAverage(@Nullable String average) {
        return new AverageResult(average, ResultOutput.NONE);
    }

    /** Returns the result of an aggregation with {@code number} output rows, of which it shows the first ones. */
    static JobResult ofGroups(long number, List<String> names, List<List<String>> first) {
        return new AggregateResult(number, names, first, ResultOutput.NONE);
    }

    /** Returns the result of an ingest; the counts add up to the rows used. */
    static JobResult ofRows(long inserted, long updated, long unchanged, long ignored, long superseded) {
        return new IngestResult(inserted, updated, unchanged, ignored, superseded, ResultOutput.NONE);
    }

    /** Returns the result of a compression of images. */
    static JobResult ofImages(ImageCounts images) {
        return new ImagesResult(images, ResultOutput.NONE);
    }

    /** Returns the location, size and digest of the output. */
    ResultOutput output();

    /** Returns this result with another output. */
    JobResult with(ResultOutput written);

    /** Returns the members as they are in JSON. */
    @JsonValue
    ResultFields fields();

    /** Returns the number of parts of the job that have failed although it is complete, for example images. */
    default long failures() {
        return 0;
    }

    /** Returns the digest of the output or of the result; null if the job is not complete. */
    default @Nullable String digest() {
        return output().digest();
    }

    /** Returns this result with the location, size in bytes and digest of the output. */
    default JobResult putTo(@Nullable String place, @Nullable Long size, String sha256) {
        return with(new ResultOutput(place, size, sha256));
    }

    /** Returns this result with its own digest, for a job without output. */
    default JobResult digested() {
        return with(new ResultOutput(null, null, Json.digest(this)));
    }
}
