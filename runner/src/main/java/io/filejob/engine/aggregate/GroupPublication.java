package io.filejob.engine.aggregate;

import io.filejob.aggregate.GroupResults;
import io.filejob.coverage.Coverage;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.OutputFiles;
import io.filejob.engine.PartFile;
import io.filejob.engine.Publication;
import io.filejob.file.Folder;
import io.filejob.ledger.SliceResult;
import io.filejob.operation.aggregate.Reduced;
import io.filejob.output.RowOutput;
import io.filejob.spec.OutputSpec;
import io.filejob.spec.aggregate.TopSpec;
import io.filejob.spill.RunSource;
import io.filejob.spill.SpillBuffers;
import io.filejob.storage.Storage;
import java.util.Objects;

/** Writes the groups of a complete job to its output. For one thread. */
final class GroupPublication {
    private final Publication publication;
    private final FileAggregate.AggregateSetting setting;
    /** The folder in which rows of large results are sorted. */
    private final Folder sorting;

    GroupPublication(OperationSetup setup, FileAggregate.AggregateSetting setting) {
        this.publication = Publication.of(setup);
        this.setting = setting;
        this.sorting =
                setting.partials() == null ? Storage.scratch(setup.scratch().resolve("sorting")) : setting.partials();
    }

    SliceResult publish(int slice, Coverage coverage, GroupResults results) {
        return publication.publish(
                slice,
                coverage,
                (output, files) ->
                        coverage.hasRuns() ? reduced(output, files, coverage, results) : small(output, files, results));
    }

    /** Merges partial results that are all in ledgers. */
    private Publication.Written small(OutputSpec output, OutputFiles files, GroupResults results) {
        long rows = 0;
        if (output.parts() > 1) {
            RowOutput counted = RowOutput.csv(null);
            results.write(null, counted);
            rows = counted.rows();
        }
        OutputRows target = new OutputRows(files, header(output, results), rows, output.parts());
        RowOutput out = RowOutput.csv(target);
        results.write(sorting(), out);
        target.finish();
        return new Publication.Written(out.rows(), out.first());
    }

    /** Copies the ranges of keys that the reduce stage has written or, with {@code top}, ranks their rows. */
    private Publication.Written reduced(OutputSpec output, OutputFiles files, Coverage coverage, GroupResults results) {
        Reduced reduced = Reduced.of(coverage);
        TopSpec top = setting.schema().spec().top();
        long rows = top == null ? reduced.rows() : Math.min(top.limit(), reduced.rows());
        OutputRows target = new OutputRows(files, header(output, results), rows, output.parts());
        if (top == null) {
            reduced.parts().forEach(part -> PartFile.copy(folder(), part, target));
            target.finish();
            return new Publication.Written(reduced.rows(), reduced.first());
        }
        RowOutput out = RowOutput.csv(target);
        results.writeTop(
                sorting(), ranked -> reduced.parts().forEach(part -> PartFile.rows(folder(), part, ranked)), out);
        target.finish();
        return new Publication.Written(out.rows(), out.first());
    }

    private RunSource sorting() {
        return new RunSource(sorting, setting.attempt(), new SpillBuffers(), setting.memory());
    }

    private static byte[] header(OutputSpec output, GroupResults results) {
        return output.header() ? results.header() : new byte[0];
    }

    private Folder folder() {
        return Objects.requireNonNull(setting.partials(), "only a folder holds runs");
    }
}
