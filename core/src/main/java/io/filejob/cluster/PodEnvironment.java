package io.filejob.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * Names and paths that a worker finds in its pod: the operator writes them into the pod's template, and the command line
 * reads them. They are constants rather than an enum, since annotations of the command line refer to them.
 */
public final class PodEnvironment {
    /** The namespace of the FileJob. */
    public static final String NAMESPACE = "FILEJOB_NAMESPACE";
    /** The name of the worker's attempt, unique in the job: the pod's UID. */
    public static final String ATTEMPT = "FILEJOB_ATTEMPT";
    /** The index of the worker from 0; Kubernetes sets it in the pods of an Indexed Job. */
    public static final String INDEX = "JOB_COMPLETION_INDEX";
    /** Whether log lines are JSON, {@code true} or {@code false}; text if absent. Operator and service read it, too. */
    public static final String LOG_JSON = "FILEJOB_LOG_JSON";
    /** The lowest level of log lines: DEBUG, INFO, WARN or ERROR; INFO if absent. Operator and service read it, too. */
    public static final String LOG_LEVEL = "FILEJOB_LOG_LEVEL";
    /** The folder with one folder for each Secret; {@link #SECRETS_FOLDER} if absent. */
    public static final String SECRETS = "FILEJOB_SECRETS";
    /** The only hosts that the cluster administrator allows, separated by commas; any host if absent or empty. */
    public static final String ALLOW_HOSTS = "FILEJOB_ALLOW_HOSTS";
    /** Hosts with private addresses that the cluster administrator allows, separated by commas. */
    public static final String ALLOW_PRIVATE = "FILEJOB_ALLOW_PRIVATE";

    /** Options for the JVM, which it reads itself and repeats in the first line of the log. */
    public static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";

    /** The URL of the API server, instead of the one that Kubernetes provides. */
    public static final String API_URL = "FILEJOB_KUBERNETES_URL";
    /** The file with the token for the API server, instead of the service account's. */
    public static final String API_TOKEN_FILE = "FILEJOB_KUBERNETES_TOKEN_FILE";
    /** The PEM file with the API server's authorities, instead of the service account's. */
    public static final String API_CA_FILE = "FILEJOB_KUBERNETES_CA_FILE";

    /** The folder where the operator mounts Secrets. */
    public static final String SECRETS_FOLDER = "/etc/filejob/secrets";
    /** The file whose content Kubernetes stores as the termination message of the container. */
    public static final Path TERMINATION_MESSAGE = Path.of("/dev/termination-log");
    /** The folder where Kubernetes puts the credentials of the pod's service account. */
    public static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /** The command line of {@code filejob} in the runner's image, without arguments: the entry point of the image. */
    public static final List<String> COMMAND = List.of(
            "java",
            "@/opt/filejob/java-options",
            "-XX:AOTCache=/opt/filejob/filejob.aot",
            "-jar",
            "/opt/filejob/filejob-runner.jar");
    /** The command of a pod with which the service reads a volume. */
    public static final String READ_VOLUME = "read-volume";

    private PodEnvironment() {}
}
