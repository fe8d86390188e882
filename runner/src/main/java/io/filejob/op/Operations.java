package io.filejob.op;

import io.filejob.job.FileSlicing;
import io.filejob.job.GeneratedSlicing;
import io.filejob.job.Slicing;
import io.filejob.model.AggregateSpec;
import io.filejob.model.AverageSpec;
import io.filejob.model.CsvFormat;
import io.filejob.model.FileJobSpec;
import io.filejob.model.FormatSpec;
import io.filejob.model.GenerateSpec;
import io.filejob.model.KeepSpec;
import io.filejob.model.OnBadRecord;
import io.filejob.read.OnBad;
import io.filejob.read.RangeReader;
import io.filejob.read.TextFormat;
import io.filejob.storage.Places;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which code does what a spec asks for. */
public final class Operations {
    private Operations() {}

    /**
     * What does the slices of {@code spec}, for one thread. {@code scratch} is a folder of its own that need not be there
     * yet.
     */
    public static SliceWork slices(FileJobSpec spec, Slicing slicing, Places places, Path scratch) {
        return switch (spec.operation().chosen()) {
            case AggregateSpec _ -> throw new IllegalStateException("to be built");
            case AverageSpec average ->
                switch (slicing) {
                    case GeneratedSlicing generated ->
                        new GeneratedAverage(generated, scratch, keep(generated.generate(), places));
                    case FileSlicing files -> new FileAverage(files, places, format(spec, average), onBad(spec));
                };
        };
    }

    /** Finds out what can be found out about the input before any work; {@link io.filejob.model.JobFailure} if it is bad. */
    public static void check(FileJobSpec spec, Slicing slicing, Places places) {
        switch (spec.operation().chosen()) {
            case AggregateSpec _ -> throw new IllegalStateException("to be built");
            case AverageSpec average -> {
                if (slicing instanceof FileSlicing files) {
                    InputCheck.headers(files, places, new RangeReader(format(spec, average), onBad(spec)));
                }
            }
        }
    }

    private static @Nullable Path keep(GenerateSpec generate, Places places) {
        KeepSpec keep = generate.keep();
        return keep == null ? null : places.file(keep.uri());
    }

    private static OnBad onBad(FileJobSpec spec) {
        return spec.onBadRecord() == OnBadRecord.SKIP ? OnBad.SKIP : OnBad.FAIL;
    }

    private static TextFormat format(FileJobSpec spec, AverageSpec average) {
        FormatSpec format = Objects.requireNonNull(spec.input().format());
        CsvFormat csv = format.csv();
        if (csv == null) {
            return new TextFormat.Lines();
        }
        byte quote = csv.quote().isEmpty() ? 0 : (byte) csv.quote().charAt(0);
        return new TextFormat.Csv((byte) csv.delimiter().charAt(0), quote, Objects.requireNonNull(average.column()));
    }
}
