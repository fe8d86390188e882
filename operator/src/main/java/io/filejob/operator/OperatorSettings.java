package io.filejob.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What whoever installs the operator decides, from environment variables such as {@code FILEJOB_RUNNER_IMAGE}. */
@ConfigMapping(prefix = "filejob")
public interface OperatorSettings {
    /** The operator's own namespace, where its leases and its canary are. */
    @WithDefault("default")
    String namespace();

    /** Tells installations apart; the start of the names of its lease and its canary. */
    @WithDefault("filejob")
    String instance();

    /** Labels of the FileJobs that this installation runs, as {@code KEY=VALUE,...}; all if absent. */
    Optional<String> selector();

    /** The namespaces of FileJobs; all if absent. */
    Optional<List<String>> watchNamespaces();

    /** Tells the operators of one installation apart; the pod's name. */
    Optional<String> podName();

    /** The image of the workers. */
    Runner runner();

    /** How workers run where a FileJob does not say. */
    Worker worker();

    /** What FileJobs may name. */
    Policy policy();

    /** What FileJobs may name, as names in which {@code *} stands for any characters. */
    interface Policy {
        /** The service accounts of {@code spec.pod}. */
        @WithDefault("*")
        List<String> serviceAccounts();

        /** The priority classes of {@code spec.pod}. */
        @WithDefault("*")
        List<String> priorityClasses();

        /** The keys of annotations in {@code spec.pod}. */
        @WithDefault("*")
        List<String> annotations();

        /** The keys of labels in {@code spec.pod}. */
        @WithDefault("*")
        List<String> labels();

        /** The Secrets with credentials and certificates. */
        @WithDefault("*")
        List<String> secrets();

        /** The PersistentVolumeClaims of {@code spec.volumes}. */
        @WithDefault("*")
        List<String> claims();
    }

    /** The image of the workers. */
    interface Runner {
        /** With its tag or digest. */
        String image();

        /** {@code Always}, {@code IfNotPresent} or {@code Never}. */
        @WithDefault("IfNotPresent")
        String pullPolicy();

        /** Names of Secrets in the namespaces of the FileJobs. */
        Optional<List<String>> pullSecrets();
    }

    /** How workers run where a FileJob does not say. */
    interface Worker {
        /** In the namespace of the FileJob. */
        @WithDefault("filejob-worker")
        String serviceAccount();

        /** User, group and owner of volumes, unless the platform assigns them. */
        OptionalLong user();

        /** The most that scratch space may take, a Kubernetes quantity; no limit if absent. */
        Optional<String> scratchLimit();

        /** A Kubernetes quantity; none if absent. */
        Optional<String> storageRequest();

        /** A Kubernetes quantity; none if absent. */
        Optional<String> storageLimit();

        /** A Kubernetes quantity. */
        @WithDefault("250m")
        String cpuRequest();

        /** A Kubernetes quantity; no limit if absent. */
        Optional<String> cpuLimit();

        /** A Kubernetes quantity. */
        @WithDefault("512Mi")
        String memoryRequest();

        /** A Kubernetes quantity. */
        @WithDefault("512Mi")
        String memoryLimit();

        /** Hosts with private addresses that FileJobs may name in {@code spec.network.allowPrivate}. */
        Optional<List<String>> allowPrivate();
    }
}
