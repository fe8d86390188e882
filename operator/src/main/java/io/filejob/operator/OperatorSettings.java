package io.filejob.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The settings of an installation, read from environment variables such as {@code FILEJOB_RUNNER_IMAGE}. */
@ConfigMapping(prefix = "filejob")
public interface OperatorSettings {
    /** Returns the operator's own namespace, which holds its leases and its canary. */
    @WithDefault("default")
    String namespace();

    /**
     * Returns the name that distinguishes this installation from others; the names of its lease and its canary begin
     * with it.
     */
    @WithDefault("filejob")
    String instance();

    /**
     * Returns the labels of the FileJobs that this installation runs, as {@code KEY=VALUE,...}; all FileJobs if absent.
     */
    Optional<String> selector();

    /** Returns the namespaces in which FileJobs are watched; all namespaces if absent. */
    Optional<List<String>> watchNamespaces();

    /** Returns the pod's name, which distinguishes the replicas of the operator. */
    Optional<String> podName();

    /**
     * Returns for how many seconds the partial results of a job are kept after its end if a part of it has failed, so
     * that a redrive can continue it: 0 or more.
     */
    @WithDefault("3600")
    int redriveSeconds();

    /** Returns the settings of the worker image. */
    Runner runner();

    /** Returns the defaults of the worker pods. */
    WorkerSettings worker();

    /** Returns the names that FileJobs may use. */
    PolicySettings policy();

    /** Restricts the names that FileJobs may use; each is a pattern in which {@code *} matches any characters. */
    interface PolicySettings {
        /** The service accounts allowed in {@code spec.pod}. */
        @WithDefault("*")
        List<String> serviceAccounts();

        /** The priority classes allowed in {@code spec.pod}. */
        @WithDefault("*")
        List<String> priorityClasses();

        /** The annotation keys allowed in {@code spec.pod}. */
        @WithDefault("*")
        List<String> annotations();

        /** The label keys allowed in {@code spec.pod}. */
        @WithDefault("*")
        List<String> labels();

        /** The Secrets that FileJobs may use for credentials and certificates. */
        @WithDefault("*")
        List<String> secrets();

        /** The PersistentVolumeClaims allowed in {@code spec.volumes}. */
        @WithDefault("*")
        List<String> claims();
    }

    /** The image of the workers. */
    interface Runner {
        /** Returns the image with its tag or digest. */
        String image();

        /** Returns the pull policy: {@code Always}, {@code IfNotPresent} or {@code Never}. */
        @WithDefault("IfNotPresent")
        String pullPolicy();

        /** Returns the names of the image pull Secrets in the namespaces of the FileJobs. */
        Optional<List<String>> pullSecrets();
    }

    /** The defaults of worker pods, used where a FileJob does not override them. */
    interface WorkerSettings {
        /** Returns the workers' service account, which exists in the namespace of the FileJob. */
        @WithDefault("filejob-worker")
        String serviceAccount();

        /**
         * Returns the ID of the user, of the group and of the owner of volumes; absent where the platform assigns it.
         */
        OptionalLong user();

        /** Returns the size limit of scratch space as a Kubernetes quantity; no limit if absent. */
        Optional<String> scratchLimit();

        /** Returns the request for ephemeral storage as a Kubernetes quantity; none if absent. */
        Optional<String> storageRequest();

        /** Returns the limit of ephemeral storage as a Kubernetes quantity; none if absent. */
        Optional<String> storageLimit();

        /** Returns the CPU request as a Kubernetes quantity. */
        @WithDefault("250m")
        String cpuRequest();

        /** Returns the CPU limit as a Kubernetes quantity; no limit if absent. */
        Optional<String> cpuLimit();

        /** Returns the memory request as a Kubernetes quantity. */
        @WithDefault("512Mi")
        String memoryRequest();

        /** Returns the memory limit as a Kubernetes quantity. */
        @WithDefault("512Mi")
        String memoryLimit();

        /** Returns further environment variables of workers, as lines {@code NAME=VALUE}; none if absent. */
        Optional<String> environment();

        /** Returns the port at which workers serve metrics; none if absent. */
        OptionalInt metricsPort();

        /** Returns the only hosts that FileJobs may reach by {@code http:} and {@code https:}; any host if absent. */
        Optional<List<String>> allowHosts();

        /** Returns the hosts with private addresses that FileJobs may list in {@code spec.network.allowPrivate}. */
        Optional<List<String>> allowPrivate();
    }
}
