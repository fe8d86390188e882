package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hosts that http: and https: inputs and the callback may use; if absent, only hosts with public addresses. */
@JsonPropertyOrder({"allowHosts", "allowPrivate"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkSpec(
        @JsonPropertyDescription(
                "The allowed hosts, as names, addresses or *.example.com. If empty or absent, any host is allowed.")
        @Size(max = NetworkSpec.MAX_HOSTS)
        @Nullable
        List<@Pattern(NetworkSpec.HOST) @Size(max = NetworkSpec.MAX_HOST_LENGTH) String> allowHosts,

        @JsonPropertyDescription(
                "Hosts that are allowed even if their addresses are private, loopback or link-local. In clusters, the chart's worker.network.allowPrivate must list them too.")
        @Size(max = NetworkSpec.MAX_HOSTS)
        @Nullable
        List<@Pattern(NetworkSpec.HOST) @Size(max = NetworkSpec.MAX_HOST_LENGTH) String> allowPrivate) {
    /** The maximum number of entries in a list. */
    static final int MAX_HOSTS = 100;
    /** The maximum length of an entry, in characters. */
    static final int MAX_HOST_LENGTH = 253;

    /** A host name, an IPv4 or IPv6 address, or a wildcard for all names below a domain. */
    public static final String HOST = "([*][.])?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    /** Copies the lists; an empty list is treated as absent. */
    public NetworkSpec {
        allowHosts = allowHosts == null || allowHosts.isEmpty() ? null : List.copyOf(allowHosts);
        allowPrivate = allowPrivate == null || allowPrivate.isEmpty() ? null : List.copyOf(allowPrivate);
    }

    /** Returns the list, empty if absent. */
    @Override
    public List<String> allowHosts() {
        return allowHosts == null ? List.of() : allowHosts;
    }

    /** Returns the list, empty if absent. */
    @Override
    public List<String> allowPrivate() {
        return allowPrivate == null ? List.of() : allowPrivate;
    }
}
