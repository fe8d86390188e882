package io.filejob.engine;

import io.filejob.api.FileJobSpec;
import io.filejob.ledger.RefreshedTable;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Slicing;
import io.filejob.spec.Operation;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the engine of a spec's operation. Safe to use from any thread. */
public final class Operations {
    private static final List<OperationEngine<?>> ENGINES = load();

    private Operations() {}

    private static List<OperationEngine<?>> load() {
        return ServiceLoader.load(OperationEngine.class, OperationEngine.class.getClassLoader()).stream()
                .<OperationEngine<?>>map(ServiceLoader.Provider::get)
                .toList();
    }

    /** An engine with the settings of a job. */
    private record Chosen<S extends Operation>(OperationEngine<S> engine, S settings) {
        static Chosen<?> of(FileJobSpec spec) {
            Operation settings = spec.operation().chosen();
            for (OperationEngine<?> engine : ENGINES) {
                if (engine.settings().isInstance(settings)) {
                    return of(engine, settings);
                }
            }
            throw new IllegalStateException(settings.getClass() + " has no engine");
        }

        private static <S extends Operation> Chosen<S> of(OperationEngine<S> engine, Operation settings) {
            return new Chosen<>(engine, engine.settings().cast(settings));
        }

        SliceWork slices(OperationSetup setup) {
            return engine.slices(settings, setup);
        }

        void check(FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
            engine.check(settings, spec, files, storage, scratch);
        }

        void checkInput(FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
            engine.checkInput(settings, spec, files, storage, scratch);
        }

        ExternalData data(FileJobSpec spec, String job, Storage storage, Path scratch) {
            return engine.data(settings, spec, job, storage, scratch);
        }

        List<RefreshedTable> refresh(FileJobSpec spec, Storage storage, Path scratch) {
            return engine.refresh(settings, spec, storage, scratch);
        }
    }

    /** Returns the work on the slices of a job, for one thread. */
    public static SliceWork slices(OperationSetup setup) {
        return Chosen.of(setup.spec()).slices(setup);
    }

    /**
     * Checks input files, and the table of an ingest, before any work; throws {@link
     * io.filejob.failure.JobFailedException} if they are not usable.
     */
    public static void check(FileJobSpec spec, Slicing slicing, Storage storage, Path scratch) {
        if (slicing instanceof FileSlicing files) {
            Chosen.of(spec).check(spec, files, storage, scratch);
        }
    }

    /**
     * Checks input files alone, without any work; throws {@link io.filejob.failure.JobFailedException} if they are not
     * usable.
     */
    public static void checkInput(FileJobSpec spec, Slicing slicing, Storage storage, Path scratch) {
        if (slicing instanceof FileSlicing files) {
            Chosen.of(spec).checkInput(spec, files, storage, scratch);
        }
    }

    /** Returns the data of {@code job} outside of its store. */
    public static ExternalData data(FileJobSpec spec, String job, Storage storage, Path scratch) {
        return Chosen.of(spec).data(spec, job, storage, scratch);
    }

    /** Rebuilds the aggregated tables of an ingest without loading any rows, and returns them. */
    public static List<RefreshedTable> refresh(FileJobSpec spec, Storage storage, Path scratch) {
        return Chosen.of(spec).refresh(spec, storage, scratch);
    }
}
