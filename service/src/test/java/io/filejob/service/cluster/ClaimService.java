package io.filejob.service.cluster;

import io.filejob.testing.system.FolderRemoval;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts the service of a test for a real API server, with a folder as the claim {@value #CLAIM} of a new namespace, which is
 * also the one of jobs for which a request names none. Pods would read other claims, but no node starts them. The access of callers is checked ten times a second.
 */
public final class ClaimService implements QuarkusTestResourceLifecycleManager {
    /** The setting with the namespace. */
    public static final String NAMESPACE = "filejob.service.cluster.namespace";

    /** The setting with the folder. */
    public static final String FOLDER = "filejob.service.cluster.claim-folder";

    /** The name of the claim. */
    public static final String CLAIM = "files";

    private static final String DATA = "filejob.service.local.data";

    private @Nullable Path folder;

    @Override
    public Map<String, String> start() {
        try {
            Path created = Files.createTempDirectory("filejob-claim-");
            folder = created;
            String namespace = ClusterUser.newNamespace();
            Map<String, String> settings = new HashMap<>(new ClusterService().start());
            settings.put("filejob.service.access-check", "PT0.1S");
            settings.put(NAMESPACE, namespace);
            settings.put("filejob.service.cluster.claim", CLAIM);
            settings.put("filejob.service.cluster.claim-namespace", namespace);
            settings.put("filejob.service.cluster.readers.image", "filejob/runner:test");
            settings.put(FOLDER, Files.createDirectory(created.resolve("claim")).toString());
            settings.put(DATA, Files.createDirectory(created.resolve("data")).toString());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            FolderRemoval.remove(Objects.requireNonNull(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
