package io.filejob.service.rest;

import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of jobs in paths. Others than DNS names never reach a host, which may use them as names of files. */
final class JobNames {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private JobNames() {}

    /** Returns the identity of a job; if {@code namespace} is null, in the default one. */
    static JobName of(JobHost host, @Nullable String namespace, String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no job of this name");
        }
        return new JobName(namespace(host, namespace), name);
    }

    static String namespace(JobHost host, @Nullable String namespace) {
        if (namespace == null) {
            return host.defaultNamespace();
        }
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no namespace of this name");
        }
        return namespace;
    }
}
