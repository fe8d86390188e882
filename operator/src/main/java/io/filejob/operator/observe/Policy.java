package io.filejob.operator.observe;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.JobOperation;
import io.filejob.operator.OperatorSettings;
import io.filejob.spec.PodSpec;
import io.filejob.spec.S3Spec;
import io.filejob.spec.SecretReference;
import io.filejob.spec.VolumeSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks FileJobs against the chart's {@code policy}: patterns of names and keys in which {@code *} matches any
 * characters. A user who may create FileJobs, but not pods, cannot bypass it.
 */
final class Policy {
    private final OperatorSettings.PolicySettings allowed;

    Policy(OperatorSettings.PolicySettings allowed) {
        this.allowed = allowed;
    }

    /** Throws {@link JobFailedException} that lists every name that is not allowed, and the chart value that would allow it. */
    void check(FileJobSpec spec) {
        List<String> problems = new ArrayList<>();
        pod(problems, spec);
        callback(problems, spec);
        S3Spec s3 = spec.s3();
        if (s3 != null) {
            check(
                    problems,
                    "spec.s3.credentialsSecret.name",
                    named(s3.credentialsSecret()),
                    "secrets",
                    allowed.secrets());
            check(problems, "spec.s3.caSecret.name", named(s3.caSecret()), "secrets", allowed.secrets());
        }
        JobOperation.of(spec)
                .secrets()
                .forEach((field, secret) ->
                        check(problems, field + ".name", named(secret), "secrets", allowed.secrets()));
        check(
                problems,
                "spec.volumes.claimName",
                Objects.requireNonNullElse(spec.volumes(), List.<VolumeSpec>of()).stream()
                        .map(VolumeSpec::claimName)
                        .toList(),
                "claims",
                allowed.claims());
        refuse(problems);
    }

    /** Like {@link #check}, for the pods that call the receiver of {@code spec.callback}. */
    void checkCallback(FileJobSpec spec) {
        List<String> problems = new ArrayList<>();
        pod(problems, spec);
        callback(problems, spec);
        refuse(problems);
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, String.join("; ", problems));
        }
    }

    private void callback(List<String> problems, FileJobSpec spec) {
        if (spec.callback() != null) {
            check(problems, "spec.callback.secret.name", named(spec.callback().secret()), "secrets", allowed.secrets());
        }
    }

    private void pod(List<String> problems, FileJobSpec spec) {
        PodSpec pod = spec.pod();
        if (pod != null) {
            check(
                    problems,
                    "spec.pod.serviceAccountName",
                    named(pod.serviceAccountName()),
                    "serviceAccounts",
                    allowed.serviceAccounts());
            check(
                    problems,
                    "spec.pod.priorityClassName",
                    named(pod.priorityClassName()),
                    "priorityClasses",
                    allowed.priorityClasses());
            check(problems, "spec.pod.annotations", keys(pod.annotations()), "annotations", allowed.annotations());
            check(problems, "spec.pod.labels", keys(pod.labels()), "labels", allowed.labels());
        }
    }

    private static Collection<String> named(@Nullable SecretReference secret) {
        return secret == null ? List.of() : List.of(secret.name());
    }

    private static Collection<String> named(@Nullable String name) {
        return name == null ? List.of() : List.of(name);
    }

    private static Set<String> keys(@Nullable Map<String, String> map) {
        return map == null ? Set.of() : map.keySet();
    }

    private static void check(
            List<String> problems, String field, Collection<String> names, String value, List<String> patterns) {
        for (String name : names) {
            if (patterns.stream().noneMatch(pattern -> matches(pattern, name))) {
                problems.add(field + ": not allowed in this cluster (" + name + "); name another one, or have policy."
                        + value + " of the FileJob chart changed");
            }
        }
    }

    private static boolean matches(String pattern, String name) {
        return Pattern.matches(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), name);
    }
}
