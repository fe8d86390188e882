package io.filejob.op;

import io.filejob.group.GroupResults;
import io.filejob.group.RowOutput;
import io.filejob.group.SpillBuffers;
import io.filejob.job.Coverage;
import io.filejob.job.PublishedPartial;
import io.filejob.job.SliceResult;
import io.filejob.model.FileJobSpec;
import io.filejob.model.OutputSpec;
import io.filejob.storage.Folder;
import io.filejob.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes merged results to the locations that the spec names: the same bytes regardless of the worker and the number of
 * attempts. For one thread.
 */
final class Publication {
    private final FileJobSpec spec;
    private final Storage places;
    private final @Nullable Folder partials;
    private final Folder sorting;
    private final String attempt;

    /** Creates a publication that sorts rows of large results in {@code scratch} if there are no {@code partials}. */
    Publication(FileJobSpec spec, Storage places, @Nullable Folder partials, Path scratch, String attempt) {
        this.spec = spec;
        this.places = places;
        this.partials = partials;
        this.sorting = partials == null ? Storage.scratch(scratch) : partials;
        this.attempt = attempt;
    }

    SliceResult average(int slice, Coverage coverage) {
        byte[] content = Average.of(coverage.partials(coverage.plan().stages().getFirst()))
                .csv(spec.output() == null || spec.output().header())
                .getBytes(StandardCharsets.UTF_8);
        rejects(coverage);
        if (spec.output() == null) {
            return SliceResult.later(slice, new PublishedPartial(0, "", null, List.of(), basis(coverage)));
        }
        try (OutputFiles files = new OutputFiles(spec.output(), places, attempt)) {
            files.begin();
            files.write(content, 0, content.length);
            files.commit();
            return SliceResult.later(
                    slice, new PublishedPartial(files.bytes(), files.digest(), null, List.of(), basis(coverage)));
        }
    }

    SliceResult groups(int slice, Coverage coverage, GroupResults results) {
        rejects(coverage);
        OutputSpec output = spec.output();
        if (output == null) {
            return SliceResult.later(slice, new PublishedPartial(0, "", null, List.of(), basis(coverage)));
        }
        try (OutputFiles files = new OutputFiles(output, places, attempt)) {
            byte[] header = output.header() ? results.header() : new byte[0];
            boolean small = !coverage.hasRuns();
            long rows = output.parts() == 1
                    ? 0
                    : small ? count(results) : reduced(coverage).rows();
            OutputRows target = new OutputRows(files, header, rows, output.parts());
            RowOutput out = RowOutput.csv(target);
            if (small) {
                results.write(sorting(), out);
            } else if (spec.operation().aggregate() != null
                    && spec.operation().aggregate().top() != null) {
                top(coverage, results, out);
            } else {
                reduced(coverage).parts().forEach(part -> PartFile.copy(folder(), part, target));
            }
            target.finish();
            files.commit();
            Reduced reduced = reduced(coverage);
            boolean copied = out.rows() == 0 && !small;
            return SliceResult.later(
                    slice,
                    new PublishedPartial(
                            files.bytes(),
                            files.digest(),
                            copied ? reduced.rows() : out.rows(),
                            copied ? reduced.first() : out.first(),
                            basis(coverage)));
        }
    }

    /** Publishes the bad records for an operation that writes its result elsewhere. */
    SliceResult badRecords(int slice, Coverage coverage) {
        rejects(coverage);
        return SliceResult.later(slice, new PublishedPartial(0, "", null, List.of(), basis(coverage)));
    }

    private static String basis(Coverage coverage) {
        return coverage.basis(coverage.plan().stages().getLast());
    }

    private static long count(GroupResults results) {
        RowOutput counted = RowOutput.csv(null);
        results.write(null, counted);
        return counted.rows();
    }

    private void top(Coverage coverage, GroupResults results, RowOutput out) {
        results.writeTop(
                sorting(),
                target -> reduced(coverage).parts().forEach(part -> PartFile.rows(folder(), part, target)),
                out);
    }

    private GroupResults.RunSource sorting() {
        return new GroupResults.RunSource(sorting, attempt, new SpillBuffers(), spec.memoryBytes());
    }

    private static Reduced reduced(Coverage coverage) {
        return Reduced.of(coverage);
    }

    private Folder folder() {
        return Objects.requireNonNull(partials, "only a folder holds runs");
    }

    private void rejects(Coverage coverage) {
        if (spec.rejects() != null) {
            new RejectFile(partials, coverage)
                    .write(places.target(spec.rejects().uri()), attempt);
        }
    }
}
