package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.StacksConfigMap;
import io.filejob.profile.FlameGraphs;
import io.filejob.profile.Stacks;
import io.filejob.security.Sha256;
import io.filejob.service.job.Content;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The profiles that the workers of a job have written, merged to one flame graph. */
final class ProfileObjects {
    /** Maximum number of different stacks in memory; a worker has some thousand. */
    private static final int MAX_STACKS = 50_000;

    private ProfileObjects() {}

    /** Returns the flame graph of {@code job}; throws {@link ProblemException} if no worker has written a profile. */
    static Content merged(OwnedConfigMaps configMaps, FileJob job) {
        Stacks stacks = new Stacks();
        configMaps.forEach(ClusterNames.ROLE_PROFILE, map -> {
            stacks.add(read(map));
            if (stacks.size() > MAX_STACKS) {
                stacks.limit(StacksConfigMap.LIMIT);
            }
        });
        if (stacks.size() == 0) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "the job has no profile; set the annotation " + ClusterNames.PROFILE + "=" + ClusterNames.ON
                            + " before it ends");
        }
        byte[] page = FlameGraphs.html(FlameGraphs.title("FileJob " + job.name(), stacks), stacks);
        return new Content.StreamedContent(
                job.name() + "-profile.html",
                "text/html",
                page.length,
                Sha256.of(page),
                (offset, length) -> new ByteArrayInputStream(page, (int) offset, (int) length));
    }

    /** Returns the stacks of a worker; none if they are damaged, since others may still tell enough. */
    private static String read(ConfigMap map) {
        @Nullable
        String packed = Objects.requireNonNullElse(map.getBinaryData(), Map.<String, String>of())
                .get(ClusterNames.STACKS_KEY);
        try {
            return packed == null
                    ? ""
                    : StacksConfigMap.decode(Base64.getDecoder().decode(packed));
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }
}
