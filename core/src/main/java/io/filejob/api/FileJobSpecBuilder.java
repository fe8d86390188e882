package io.filejob.api;

import io.filejob.spec.CallbackSpec;
import io.filejob.spec.InputSpec;
import io.filejob.spec.NetworkSpec;
import io.filejob.spec.PodSpec;
import io.filejob.spec.S3Spec;
import io.filejob.spec.StoreSpec;
import io.filejob.spec.VolumeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies a spec with another input or other settings of its run; the latter do not affect the result. */
final class FileJobSpecBuilder {
    private final FileJobSpec from;
    private InputSpec input;
    private int workers;
    private @Nullable Boolean suspend;
    private @Nullable Long activeDeadlineSeconds;
    private @Nullable Integer ttlSecondsAfterFinished;
    private @Nullable StoreSpec store;
    private @Nullable S3Spec s3;
    private @Nullable NetworkSpec network;
    private @Nullable CallbackSpec callback;
    private @Nullable List<VolumeSpec> volumes;
    private @Nullable PodSpec pod;

    FileJobSpecBuilder(FileJobSpec from) {
        this.from = from;
        this.input = from.input();
        this.workers = from.workers();
        this.suspend = from.suspend();
        this.activeDeadlineSeconds = from.activeDeadlineSeconds();
        this.ttlSecondsAfterFinished = from.ttlSecondsAfterFinished();
        this.store = from.store();
        this.s3 = from.s3();
        this.network = from.network();
        this.callback = from.callback();
        this.volumes = from.volumes();
        this.pod = from.pod();
    }

    /** Sets the input. */
    FileJobSpecBuilder input(InputSpec other) {
        this.input = other;
        return this;
    }

    /** Sets the number of workers. */
    FileJobSpecBuilder workers(int number) {
        this.workers = number;
        return this;
    }

    /** Sets whether the job is suspended. */
    FileJobSpecBuilder suspend(boolean isSuspended) {
        this.suspend = isSuspended;
        return this;
    }

    /** Removes all settings of the run; their defaults apply. */
    FileJobSpecBuilder withoutRun() {
        this.workers = FileJobSpec.DEFAULT_WORKERS;
        this.suspend = null;
        this.activeDeadlineSeconds = null;
        this.ttlSecondsAfterFinished = null;
        this.store = null;
        this.s3 = null;
        this.network = null;
        this.callback = null;
        this.volumes = null;
        this.pod = null;
        return this;
    }

    /** Returns the copy. */
    FileJobSpec build() {
        return new FileJobSpec(
                workers,
                suspend,
                from.onBadRecord(),
                from.tolerated(),
                from.rejects(),
                from.memory(),
                activeDeadlineSeconds,
                ttlSecondsAfterFinished,
                input,
                from.operation(),
                from.output(),
                store,
                s3,
                network,
                callback,
                volumes,
                pod);
    }
}
