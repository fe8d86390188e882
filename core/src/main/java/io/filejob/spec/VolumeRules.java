package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rules about each of {@code spec.volumes}. */
final class VolumeRules implements RuleSet<VolumeSpec> {
    private static final ShownValue<VolumeSpec> MOUNT_PATH = ShownValue.quoted("self.mountPath", VolumeSpec::mountPath);

    @Override
    public List<SpecRule<VolumeSpec, ?>> rules() {
        return new RuleList<VolumeSpec>()
                .add(
                        "mountPath",
                        "self.mountPath.matches('^" + VolumeSpec.ABSOLUTE + "$')",
                        volume -> volume.mountPath().matches(VolumeSpec.ABSOLUTE),
                        "%s cannot be mounted at: write an absolute path, for example /data, without"
                                + " . and .., a colon, and a / at its end",
                        MOUNT_PATH)
                .add(
                        "mountPath",
                        "!self.mountPath.matches('^" + VolumeSpec.TAKEN + "$')",
                        volume -> !volume.mountPath().matches(VolumeSpec.TAKEN),
                        "%s is not free in the pods: choose another path, for example /data",
                        MOUNT_PATH)
                .toList();
    }
}
