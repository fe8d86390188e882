package io.filejob.engine.average;

import io.filejob.api.FileJobSpec;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.RangeReader;
import io.filejob.csv.TextFormat;
import io.filejob.engine.FileSlices;
import io.filejob.engine.InputCheck;
import io.filejob.engine.OperationEngine;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.Publication;
import io.filejob.engine.RejectLog;
import io.filejob.engine.SliceWork;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.GeneratedSlicing;
import io.filejob.spec.CsvFormat;
import io.filejob.spec.GenerateSpec;
import io.filejob.spec.KeepSpec;
import io.filejob.spec.average.AverageSpec;
import io.filejob.storage.Storage;
import io.filejob.storage.local.KeptFolder;
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
                        generated, publication, setup.scratch(), keep(generated.generate(), setup.storage()));
            case FileSlicing files -> {
                TextFormat format = format(setup.spec(), settings);
                RejectLog rejects = RejectLog.of(setup);
                RangeReader reader = new RangeReader(
                        format,
                        setup.onBad(),
                        rejects,
                        setup.spec().recordBytes(),
                        InputCheck.check(files, setup.storage(), format));
                yield new FileAverage(
                        new FileSlices(files, setup, new FileAverage.AverageContent(reader), rejects), publication);
            }
        };
    }

    @Override
    public void check(AverageSpec settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
        InputCheck.headers(files, storage, format(spec, settings));
    }

    private static @Nullable KeptFolder keep(GenerateSpec generate, Storage storage) {
        KeepSpec keep = generate.keep();
        return keep == null ? null : storage.keepFolder(keep.uri());
    }

    private static TextFormat format(FileJobSpec spec, AverageSpec average) {
        CsvFormat csv = Objects.requireNonNull(spec.input().format()).csv();
        return csv == null
                ? new TextFormat.Lines()
                : new TextFormat.Csv(CsvDialect.of(csv), Objects.requireNonNull(average.column()));
    }
}
