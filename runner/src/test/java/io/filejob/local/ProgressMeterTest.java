package io.filejob.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.coverage.Coverage;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.InlineGroups;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Partial;
import io.filejob.ledger.ReducedPartial;
import io.filejob.ledger.SliceResult;
import io.filejob.ledger.SpillFile;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.JobOperation;
import io.filejob.plan.Cut;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.plan.Slicing;
import io.filejob.status.RowCounts;
import io.filejob.validation.InvalidManifestException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressMeterTest {
    private final SlicesInFlight inFlight = new SlicesInFlight();
    private final ProgressMeter meter = new ProgressMeter(aggregation(), inFlight);
    private final Plan plan = plan(new FileSlicing(List.of(new InputFile("/f", 1000, "0")), 500));
    private final List<SliceResult> finished = new ArrayList<>();

    private static JobOperation<?> aggregation() {
        try {
            return JobOperation.of(ManifestReader.read("""
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: a}
                    spec: {input: {files: [f]}, operation: {aggregate: {groupBy: [k], measures: [{function: count, as: n}]}}}
                    """).spec());
        } catch (InvalidManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static Plan plan(Slicing slicing) {
        return new Plan(new Fingerprint("s", "i", new Cut(Cut.PROTOCOL, 10, 0, 0, 0)), slicing, 2, false, true);
    }

    private RunProgress measure() {
        return meter.measure(Coverage.of(plan, List.of(new Ledger("f", 0, "a", finished))));
    }

    private void map(int slice, Partial partial) {
        finished.add(SliceResult.builder(slice, 500L * slice, 500L * slice + 500, partial)
                .bytes(500)
                .rows(new RowCounts(50, 50, 0))
                .build());
    }

    private static GroupsPartial spilled(String name, long bytes) {
        return new GroupsPartial(
                InlineGroups.NONE, List.of(new SpillFile(name, true, 0, 1, bytes, 1, 0, List.of("", ""))));
    }

    private void reduce(int slice, long bytes) {
        Coverage before = Coverage.of(plan, List.of(new Ledger("f", 0, "a", finished)));
        finished.add(SliceResult.later(
                slice,
                new ReducedPartial(
                        "range-" + slice,
                        bytes,
                        0,
                        1,
                        List.of(),
                        before.basis(plan.stages().get(1)))));
    }

    @Test
    void bytesOfUnfinishedSlicesCountAtMostAsOftenAsTheyExist() {
        assertThat(measure()).returns(0L, RunProgress::done).returns(0.0, RunProgress::fraction);
        inFlight.read(0, 100);
        inFlight.read(1, 9999);
        assertThat(measure())
                .returns(600L, RunProgress::done)
                .returns(1000L, RunProgress::total)
                .returns(true, RunProgress::isBytes)
                .returns(0L, RunProgress::rows);
        assertThat(measure().fraction()).isBetween(0.58, 0.6);
    }

    @Test
    void theMergeOfSpilledGroupsIsAPartOfTheWorkBeforeItBegins() {
        map(0, spilled("a", 250));
        assertThat(measure()).returns(500L, RunProgress::done).returns(50L, RunProgress::rows);
        // Half of the input is read; its other half is expected to spill as much.
        assertThat(measure().fraction()).isBetween(500 / 1540.0, 500 / 1500.0);
        inFlight.read(1, 250);
        assertThat(measure()).returns(75L, RunProgress::rows);
        map(1, spilled("b", 250));
        RunProgress merging = measure();
        assertThat(merging)
                .returns(2, RunProgress::step)
                .returns(3, RunProgress::steps)
                .returns(0L, RunProgress::done)
                .returns(500L, RunProgress::total);
        assertThat(merging.fraction()).isBetween(0.64, 0.67);
        inFlight.read(2, 100);
        assertThat(measure()).returns(100L, RunProgress::done);
        reduce(2, 40);
        reduce(3, 40);
        RunProgress writing = measure();
        assertThat(writing)
                .returns(3, RunProgress::step)
                .returns(0L, RunProgress::done)
                .returns(80L, RunProgress::total);
        assertThat(writing.fraction()).isBetween(0.97, 0.99);
    }

    @Test
    void aFractionNeverDecreasesAndIsOneOnlyAtTheEnd() {
        inFlight.read(0, 500);
        inFlight.read(1, 499);
        double before = measure().fraction();
        // Only now it shows that there is much to merge.
        map(0, spilled("a", 5000));
        assertThat(measure().fraction()).isEqualTo(before).isLessThan(1);
    }

    @Test
    void aFileThatIsNotSplittableBelongsToTheSliceWithItsFirstByte() {
        FileSlicing packed = new FileSlicing(List.of(new InputFile("/f.gz", 1000, "0")), 500);
        inFlight.read(0, 700);
        RunProgress progress = meter.measure(Coverage.of(plan(packed), List.of()));
        assertThat(progress.done()).isEqualTo(700);
    }
}
