package io.filejob.service.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.service.ServiceSettings;
import io.filejob.value.Json;

/**
 * Where the jobs of templates write: to the job's own folder on one machine, to the service's bucket in a cluster.
 *
 * @param settings the settings of the service
 */
public record Destinations(ServiceSettings settings) {
    /** Returns the location of {@code name} for a job of which {@code id} is unique. */
    String of(String id, String name) {
        return settings.results()
                .map(results -> results + (results.endsWith("/") ? "" : "/") + id + "/" + name)
                .orElse(name);
    }

    /** Adds the access to the service's bucket to {@code spec}, if a location is in it. */
    void addAccess(ObjectNode spec) {
        ServiceSettings.BucketSettings s3 = settings.s3();
        if (!spec.toString().contains("\"s3://")) {
            return;
        }
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
