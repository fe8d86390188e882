package io.filejob.engine.aggregate;

import io.filejob.api.FileJobSpec;
import io.filejob.csv.RowReader;
import io.filejob.engine.FileSlices;
import io.filejob.engine.InputCheck;
import io.filejob.engine.OperationEngine;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.RejectLog;
import io.filejob.engine.SameHeaders;
import io.filejob.engine.SliceWork;
import io.filejob.group.GroupSchema;
import io.filejob.plan.FileSlicing;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.storage.Storage;
import java.nio.file.Path;

/** The operation {@code aggregate}. */
public final class AggregateEngine implements OperationEngine<AggregateSpec> {
    /** Maximum size in bytes of one slice's groups in a ledger if there is no folder for partial results. */
    private static final int ONLY_INLINE = 256 << 10;
    /** Maximum size in bytes of all groups in the ledgers of a job if there is no such folder, and no less memory. */
    private static final int ALL_ONLY_INLINE = 32 << 20;

    @Override
    public Class<AggregateSpec> settings() {
        return AggregateSpec.class;
    }

    @Override
    public SliceWork slices(AggregateSpec settings, OperationSetup setup) {
        FileJobSpec spec = setup.spec();
        GroupSchema schema = GroupSchema.of(spec, settings);
        FileAggregate.AggregateSetting setting = new FileAggregate.AggregateSetting(
                schema,
                spec.memoryBytes(),
                setup.partials() == null ? null : new CountedFolder(setup.partials(), setup.progress()),
                setup.attempt(),
                spec.output() != null);
        RejectLog rejects = RejectLog.of(setup);
        FileSlicing files = (FileSlicing) setup.plan().slicing();
        return new FileAggregate(
                setting,
                () -> {
                    RowReader reader = new RowReader(
                            schema.dialect(),
                            schema.columns(),
                            setup.onBad(),
                            rejects,
                            spec.recordBytes(),
                            new SameHeaders(files, setup.storage(), schema.dialect()),
                            schema.fields());
                    return new FileSlices(
                            files,
                            setup,
                            new FileAggregate.AggregateContent(setting, reader, inlineLimit(setup)),
                            rejects);
                },
                new GroupPublication(setup, setting));
    }

    private static int inlineLimit(OperationSetup setup) {
        if (setup.inlineBytes() != null) {
            return setup.inlineBytes();
        }
        if (setup.partials() == null) {
            int slices = Math.max(1, setup.plan().slicing().slices());
            long all = Math.min(ALL_ONLY_INLINE, setup.spec().memoryBytes());
            return (int) Math.min(ONLY_INLINE, all / slices);
        }
        return setup.plan().fingerprint().cut().inlineBytes();
    }

    @Override
    public void check(AggregateSpec settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
        GroupSchema schema = GroupSchema.of(spec, settings);
        InputCheck.headers(files, storage, schema.dialect(), schema.columns());
    }
}
