package io.filejob.service.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.service.ServiceSettings;
import io.filejob.service.ServiceSettings.HostKind;
import io.filejob.value.Json;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The locations to which the jobs of templates write: in the job's own folder on one machine, in the service's bucket or on
 * its claim in a cluster.
 *
 * @param settings the settings of the service
 */
public record Destinations(ServiceSettings settings) {
    /**
     * Returns the location that a field means. A name without a folder of its own is below the service's storage, or in the
     * job's folder on one machine; a full location stays.
     *
     * @param id an identifier that is unique to the job
     */
    String of(String id, String field, String standard, Form form) {
        String name = form.text(field).orElse(standard);
        if (isFull(name)) {
            return name;
        }
        Optional<String> root = root();
        if (root.isEmpty() && settings.host() == HostKind.CLUSTER) {
            form.problem(
                    field,
                    "not a full location (" + name
                            + "), and the service has no bucket or claim; use an s3: or file: URI");
        }
        return root.map(folder -> folder + id + "/" + name).orElse(name);
    }

    private static boolean isFull(String location) {
        return location.startsWith("/") || location.contains(":");
    }

    /** Returns the location of results, with a slash at its end. */
    private Optional<String> root() {
        return settings.results()
                .map(results -> results.endsWith("/") ? results : results + "/")
                .or(() -> claim().map(_ -> claimFolder() + "/results/"));
    }

    private Optional<String> claim() {
        return settings.host() == HostKind.CLUSTER ? settings.cluster().claim() : Optional.empty();
    }

    private Path claimFolder() {
        return settings.cluster().claimFolder();
    }

    /** Adds the access to the service's bucket or claim to {@code spec}, if a location of the job is there. */
    void addAccess(ObjectNode spec) {
        String text = spec.toString();
        if (text.contains("\"s3://")) {
            addBucket(spec);
        }
        String folder = claimFolder() + "/";
        if (text.contains("\"" + folder) || text.contains("\"file://" + folder)) {
            claim().ifPresent(claim -> spec.putArray("volumes")
                    .addObject()
                    .put("name", "filejob")
                    .put("claimName", claim)
                    .put("mountPath", claimFolder().toString()));
        }
    }

    private void addBucket(ObjectNode spec) {
        ServiceSettings.BucketSettings s3 = settings.s3();
        ObjectNode access = Json.object();
        s3.endpoint().ifPresent(endpoint -> access.put("endpoint", endpoint));
        s3.region().ifPresent(region -> access.put("region", region));
        if (s3.pathStyle()) {
            access.put("pathStyle", true);
        }
        s3.credentialsSecret()
                .ifPresent(name -> access.putObject("credentialsSecret").put("name", name));
        s3.caSecret().ifPresent(name -> access.putObject("caSecret").put("name", name));
        if (!access.isEmpty()) {
            spec.set("s3", access);
        }
    }
}
