package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.filejob.api.FileJobSpec;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.PodEnvironment;
import io.filejob.operator.observe.PodVolumes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a pod that calls the receiver: scratch space, the finished FileJob, and the Secret with the signing
 * keys. The pod also starts without the Secret, so that it can report that it is missing.
 */
final class CallbackMounts {
    private static final String MESSAGE = PodVolumes.OWN + "message";
    private static final String FOLDER = "/etc/filejob/callback";

    /** The file with the finished FileJob. */
    static final String MANIFEST = FOLDER + "/" + ClusterNames.MANIFEST_KEY;

    private CallbackMounts() {}

    /** Returns the volumes; {@code message} is the ConfigMap with the FileJob. */
    static List<Volume> volumes(FileJobSpec spec, String message, @Nullable Quantity scratchLimit) {
        return List.of(
                PodMounts.scratch(scratchLimit),
                new VolumeBuilder()
                        .withName(MESSAGE)
                        .withNewConfigMap()
                        .withName(message)
                        .endConfigMap()
                        .build(),
                new VolumeBuilder()
                        .withName(PodMounts.SECRET + 0)
                        .withNewSecret()
                        .withSecretName(secret(spec))
                        .withDefaultMode(PodMounts.READABLE)
                        .withOptional(true)
                        .endSecret()
                        .build());
    }

    static List<VolumeMount> of(FileJobSpec spec) {
        return List.of(
                PodMounts.mount(PodMounts.SCRATCH, PodMounts.SCRATCH_FOLDER, false),
                PodMounts.mount(MESSAGE, FOLDER, true),
                PodMounts.mount(PodMounts.SECRET + 0, PodEnvironment.SECRETS_FOLDER + "/" + secret(spec), true));
    }

    private static String secret(FileJobSpec spec) {
        return Objects.requireNonNull(spec.callback()).secret().name();
    }
}
