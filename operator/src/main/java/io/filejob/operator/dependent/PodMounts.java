package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.filejob.api.FileJobSpec;
import io.filejob.cluster.PodEnvironment;
import io.filejob.operation.JobOperation;
import io.filejob.operator.observe.PodVolumes;
import io.filejob.spec.S3Spec;
import io.filejob.spec.SecretReference;
import io.filejob.spec.VolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a worker's pod: scratch space, the claims of {@code spec.volumes}, and the Secrets for object storage
 * and a database, each mounted as a folder with one file per key. The operator itself never reads a Secret.
 */
final class PodMounts {
    static final String SCRATCH = PodVolumes.OWN + "scratch";
    static final String SECRET = PodVolumes.OWN + "secret-";
    static final String SCRATCH_FOLDER = "/tmp";
    /** Readable for the owner and for the pod's group. */
    static final int READABLE = 0440;

    private PodMounts() {}

    /** Returns the volumes of a pod; {@code scratchLimit} is the size limit of scratch space, without limit if null. */
    static List<Volume> volumes(FileJobSpec spec, @Nullable Quantity scratchLimit) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(scratch(scratchLimit));
        for (VolumeSpec claim : claims(spec)) {
            volumes.add(new VolumeBuilder()
                    .withName(claim.name())
                    .withNewPersistentVolumeClaim(claim.claimName(), claim.readOnly())
                    .build());
        }
        List<String> secrets = secrets(spec);
        for (int i = 0; i < secrets.size(); i++) {
            volumes.add(new VolumeBuilder()
                    .withName(SECRET + i)
                    .withNewSecret()
                    .withSecretName(secrets.get(i))
                    .withDefaultMode(READABLE)
                    .endSecret()
                    .build());
        }
        return volumes;
    }

    static List<VolumeMount> of(FileJobSpec spec) {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount(SCRATCH, SCRATCH_FOLDER, false));
        for (VolumeSpec claim : claims(spec)) {
            mounts.add(mount(claim.name(), claim.mountPath(), claim.readOnly()));
        }
        List<String> secrets = secrets(spec);
        for (int i = 0; i < secrets.size(); i++) {
            mounts.add(mount(SECRET + i, PodEnvironment.SECRETS_FOLDER + "/" + secrets.get(i), true));
        }
        return mounts;
    }

    /** Returns the volume of scratch space with this limit, without limit if null. */
    static Volume scratch(@Nullable Quantity limit) {
        return new VolumeBuilder()
                .withName(SCRATCH)
                .withNewEmptyDir()
                .withSizeLimit(limit)
                .endEmptyDir()
                .build();
    }

    static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly)
                .build();
    }

    private static List<VolumeSpec> claims(FileJobSpec spec) {
        return Objects.requireNonNullElse(spec.volumes(), List.of());
    }

    private static List<String> secrets(FileJobSpec spec) {
        S3Spec s3 = spec.s3();
        return Stream.concat(
                        Stream.of(s3 == null ? null : s3.credentialsSecret(), s3 == null ? null : s3.caSecret()),
                        JobOperation.of(spec).secrets().values().stream())
                .filter(Objects::nonNull)
                .map(SecretReference::name)
                .distinct()
                .toList();
    }
}
