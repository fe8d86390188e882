package io.filejob.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The settings of a service, read from environment variables such as {@code FILEJOB_SERVICE_HOST}. */
@ConfigMapping(prefix = "filejob.service")
public interface ServiceSettings {
    /** Returns where jobs run. */
    @WithDefault("local")
    HostKind host();

    /** Returns the maximum size of an upload in bytes. */
    @WithDefault("107374182400")
    long maxUploadBytes();

    /** Returns the number of requests per second that each caller may send on average. */
    @WithDefault("100")
    int requestsPerSecond();

    /** Returns the number of requests that each caller may send at once. */
    @WithDefault("2000")
    int requestsAtOnce();

    /** Returns for how long uploads and finished jobs are kept by default. */
    @WithDefault("P1D")
    Duration timeToLive();

    /** Returns the time between two searches for expired uploads and results. */
    @WithDefault("PT30S")
    Duration sweepInterval();

    /** Returns the settings of metrics. */
    MetricsSettings metrics();

    /** The settings of metrics. */
    interface MetricsSettings {
        /** The port; no metrics if absent. */
        Optional<Integer> port();

        /** The address on which the port listens. */
        @WithDefault("127.0.0.1")
        String host();
    }

    /** Returns the settings of the host on one machine. */
    LocalSettings local();

    /** Returns the settings of the host in a cluster. */
    ClusterSettings cluster();

    /** Returns the prefix of uploads in object storage, for example s3://bucket/uploads/; the data folder if absent. */
    Optional<String> uploads();

    /** Returns the time after which the access of a caller is checked again while a stream, a download or an upload lasts. */
    @WithDefault("PT30S")
    Duration accessCheck();

    /** Returns the location below which the jobs of templates write; the folder of each job if absent. */
    Optional<String> results();

    /** Returns the access to object storage, for uploads and for the jobs of templates. */
    BucketSettings s3();

    /** The access to object storage; the environment has the credentials of the service itself. */
    interface BucketSettings {
        /** The URL of the service; AWS if absent. */
        Optional<String> endpoint();

        /** The region. */
        Optional<String> region();

        /** Whether buckets are addressed in the path. */
        @WithDefault("false")
        boolean pathStyle();

        /** The URL at which clients reach it for uploads and downloads; if absent, the service passes these on. */
        Optional<String> publicEndpoint();

        /** The name of the Secret of jobs with their credentials. */
        Optional<String> credentialsSecret();

        /** The name of the Secret of jobs with the certificates that they trust. */
        Optional<String> caSecret();
    }

    /** Returns the settings of streams of events. */
    EventSettings events();

    /** The settings of streams of events. */
    interface EventSettings {
        /** The time after which a comment shows that the connection works. */
        @WithDefault("PT15S")
        Duration heartbeat();
    }

    /** Where jobs run. */
    enum HostKind {
        /** Jobs run in processes of this machine. */
        LOCAL,
        /** Jobs are FileJobs of a cluster. */
        CLUSTER
    }

    /** The settings of the host on one machine. */
    interface LocalSettings {
        /** The folder of uploads, jobs and results. */
        @WithDefault("${user.home}/.local/share/filejob")
        Path data();

        /** The maximum number of jobs that run at once; others wait in the order of their creation. */
        @WithDefault("2")
        int concurrentJobs();

        /** The secret that callers must present; a random one if absent. */
        Optional<String> token();

        /** Whether browsers reach object storage at the endpoints of jobs, so that they download from it directly. */
        @WithDefault("false")
        boolean directDownloads();

        /** The command line of {@code filejob}, without arguments; this JVM with its own class path if absent. */
        Optional<List<String>> command();
    }

    /** The settings of the host in a cluster. */
    interface ClusterSettings {
        /** The URL of the API server; that of the pod's cluster if absent. */
        Optional<URI> server();

        /** The PEM file with the API server's authorities; that of the pod if absent. */
        Optional<Path> authorities();

        /**
         * The file with the token by which the service lists jobs before it deletes files; if absent, complete uploads and
         * results are never deleted.
         */
        Optional<Path> tokenFile();

        /** The namespaces of all jobs that may read files of this service; all namespaces if absent. */
        Optional<List<String>> namespaces();

        /** The namespace of jobs for which a request names none. */
        @WithDefault("default")
        String namespace();

        /** The claim that the service mounts, from which it reads the files of jobs. */
        Optional<String> claim();

        /** The namespace of the claim and of the service. */
        @WithDefault("filejob-system")
        String claimNamespace();

        /** The folder where the claim is mounted. */
        @WithDefault("/filejob")
        Path claimFolder();

        /** The pods with which the service reads files on other claims. */
        ReaderSettings readers();

        /** The provider of identities that the API server trusts; if absent, people enter their tokens. */
        Optional<OidcSettings> oidc();
    }

    /** The pods that read files on claims which the service does not mount, each created with the token of a caller. */
    interface ReaderSettings {
        /** The image of the workers, with its tag or digest; without it, such files are not read. */
        Optional<String> image();

        /** The pull policy: {@code Always}, {@code IfNotPresent} or {@code Never}. */
        @WithDefault("IfNotPresent")
        String pullPolicy();

        /** The names of the image pull Secrets in the namespaces of the jobs. */
        Optional<List<String>> pullSecrets();

        /** The service account of workers, whose token the pods do not get. */
        @WithDefault("filejob-worker")
        String serviceAccount();

        /** The ID of the user, of the group and of the owner of volumes; absent where the platform assigns it. */
        OptionalLong user();

        /** The resources of a pod, as the JSON of a container's {@code resources}. */
        @WithDefault("{\"requests\": {\"cpu\": \"50m\", \"memory\": \"128Mi\"}, \"limits\": {\"memory\": \"384Mi\"}}")
        String resources();

        /** The maximum number of pods at once. */
        @WithDefault("16")
        int max();

        /** The time within which a pod must start. */
        @WithDefault("PT1M")
        Duration startTimeout();
    }

    /** An OpenID Connect provider, at which people sign in. The API server must accept its ID tokens. */
    interface OidcSettings {
        /** The URL of the provider, as in the configuration of the API server. */
        URI issuer();

        /** The name of this service at the provider, which is the audience of the tokens. */
        String clientId();

        /** The secret of this service at the provider; a public client if absent. */
        Optional<String> clientSecret();

        /** The URL at which browsers reach this service; that of their requests if absent. */
        Optional<URI> publicUrl();

        /** The scopes that are asked for; openid and email if absent. A default would make the other settings required. */
        Optional<List<String>> scopes();

        /** The PEM file with the provider's authorities; those of the JVM if absent. */
        Optional<Path> authorities();
    }
}
