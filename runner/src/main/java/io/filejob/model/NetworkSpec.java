package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which hosts are reached by http: and https:; only hosts with public addresses if absent. */
@JsonPropertyOrder({"allowHosts", "allowPrivate"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkSpec(
        @JsonPropertyDescription(
                "The only hosts that are reached, as names, addresses or *.example.com; any host if empty or absent.")
        @Size(max = NetworkSpec.MAX_HOSTS)
        @Nullable
        List<@Pattern(NetworkSpec.HOST) @Size(max = NetworkSpec.MAX_HOST_LENGTH) String> allowHosts,

        @JsonPropertyDescription(
                "Hosts that are reached even if their addresses are private, loopback or link-local; in clusters only those that the chart's worker.network.allowPrivate lists too.")
        @Size(max = NetworkSpec.MAX_HOSTS)
        @Nullable
        List<@Pattern(NetworkSpec.HOST) @Size(max = NetworkSpec.MAX_HOST_LENGTH) String> allowPrivate) {
    /** The most entries of a list. */
    static final int MAX_HOSTS = 100;
    /** The most characters of an entry. */
    static final int MAX_HOST_LENGTH = 253;

    /** A name, an address of IPv4 or IPv6, or all names below one. */
    static final String HOST = "([*][.])?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    /** Copies the lists; an empty one is none. */
    public NetworkSpec {
        allowHosts = allowHosts == null || allowHosts.isEmpty() ? null : List.copyOf(allowHosts);
        allowPrivate = allowPrivate == null || allowPrivate.isEmpty() ? null : List.copyOf(allowPrivate);
    }

    /** None if absent. */
    @Override
    public List<String> allowHosts() {
        return allowHosts == null ? List.of() : allowHosts;
    }

    /** None if absent. */
    @Override
    public List<String> allowPrivate() {
        return allowPrivate == null ? List.of() : allowPrivate;
    }
}
