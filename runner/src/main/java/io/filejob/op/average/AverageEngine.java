package io.filejob.op.average;

import io.filejob.job.FileSlicing;
import io.filejob.job.GeneratedSlicing;
import io.filejob.model.AverageSpec;
import io.filejob.model.CsvFormat;
import io.filejob.model.FileJobSpec;
import io.filejob.model.GenerateSpec;
import io.filejob.model.KeepSpec;
import io.filejob.op.FileSlices;
import io.filejob.op.InputCheck;
import io.filejob.op.OperationEngine;
import io.filejob.op.OperationSetup;
import io.filejob.op.Publication;
import io.filejob.op.RejectLog;
import io.filejob.op.SliceWork;
import io.filejob.read.CsvDialect;
import io.filejob.read.RangeReader;
import io.filejob.read.TextFormat;
import io.filejob.storage.KeptFolder;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operation {@code average}, of files and of generated numbers. */
public final class AverageEngine implements OperationEngine<AverageSpec> {
    @Override
    public Class<AverageSpec> settings() {
        return AverageSpec.class;
    }

    @Override
    public SliceWork slices(AverageSpec settings, OperationSetup setup) {
        Publication publication = Publication.of(setup);
        return switch (setup.plan().slicing()) {
            case GeneratedSlicing generated ->
                new GeneratedAverage(
                        generated, publication, setup.scratch(), keep(generated.generate(), setup.places()));
            case FileSlicing files -> {
                TextFormat format = format(setup.spec(), settings);
                RejectLog rejects = RejectLog.of(setup);
                RangeReader reader = new RangeReader(
                        format,
                        setup.onBad(),
                        rejects,
                        setup.spec().recordBytes(),
                        InputCheck.check(files, setup.places(), format));
                yield new FileAverage(
                        new FileSlices(files, setup.places(), new FileAverage.Content(reader), rejects), publication);
            }
        };
    }

    @Override
    public void check(AverageSpec settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
        InputCheck.headers(files, storage, format(spec, settings));
    }

    private static @Nullable KeptFolder keep(GenerateSpec generate, Storage places) {
        KeepSpec keep = generate.keep();
        return keep == null ? null : places.keepFolder(keep.uri());
    }

    private static TextFormat format(FileJobSpec spec, AverageSpec average) {
        CsvFormat csv = Objects.requireNonNull(spec.input().format()).csv();
        return csv == null
                ? new TextFormat.Lines()
                : new TextFormat.Csv(CsvDialect.of(csv), Objects.requireNonNull(average.column()));
    }
}
