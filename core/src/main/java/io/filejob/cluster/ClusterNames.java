package io.filejob.cluster;

/** Labels, annotations and keys of a job's ConfigMaps, shared by workers and operator. */
public final class ClusterNames {
    /** Label: the program that created the object. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** Value of the label {@link #MANAGED_BY}. */
    public static final String OPERATOR = "filejob-operator";
    /** Value of the label {@link #MANAGED_BY} of pods that the service creates. */
    public static final String SERVICE = "filejob-service";
    /** Label: the UID of the FileJob. */
    public static final String JOB_UID = "filejob.io/job-uid";
    /** Label: the name of the FileJob, truncated to the maximum length of a label. */
    public static final String NAME = "filejob.io/name";
    /** Label: the role of the object. */
    public static final String ROLE = "filejob.io/role";
    /** Role of the ConfigMap with the manifest of the job, which workers read. */
    public static final String ROLE_JOB = "job";
    /** Role of worker pods. */
    public static final String ROLE_WORKER = "worker";
    /** Role of the pods, Jobs and ConfigMaps that call the receiver of {@code spec.callback}. */
    public static final String ROLE_CALLBACK = "callback";
    /** Role of the pods with which the service reads volumes. */
    public static final String ROLE_READER = "reader";
    /** Role of the ConfigMaps that hold the workers' ledgers. */
    public static final String ROLE_LEDGER = "ledger";
    /** Role of the ConfigMap in which a worker pins the listing of the input files. */
    public static final String ROLE_PLAN = "plan";
    /** Role of the ConfigMaps that hold the workers' profiles. */
    public static final String ROLE_PROFILE = "profile";
    /** Label of a result ConfigMap, which belongs to the user: the UID of the FileJob that wrote it. */
    public static final String RESULT_OF = "filejob.io/result-of";

    /** Annotation of pods and results: the FileJob's name, which may be too long for a label. */
    public static final String JOB_NAME = "filejob.io/job-name";
    /** Annotation of a FileJob: a new value requests that its failed part is done again. */
    public static final String REDRIVE = "filejob.io/redrive";
    /** Annotation of a FileJob: any value that is not blank requests that it is stopped, and then has failed. */
    public static final String CANCEL = "filejob.io/cancel";
    /** Annotation of a FileJob and of a job: {@link #ON} requests that workers record profiles, also while they run. */
    public static final String PROFILE = "filejob.io/profile";
    /** Value of {@link #PROFILE}. */
    public static final String ON = "true";
    /** Annotation of a job: the current number of workers W. */
    public static final String WORKERS = "filejob.io/workers";
    /** Annotation of a job, its plan and its ledgers: {@link io.filejob.plan.Fingerprint#combined()}. */
    public static final String FINGERPRINT = "filejob.io/fingerprint";
    /** Annotation of a job and its plan: {@link io.filejob.plan.Cut#text()}. */
    public static final String CUT = "filejob.io/cut";
    /** Annotation of a job: {@link io.filejob.plan.Cut#PROTOCOL} of the operator that created it. */
    public static final String PROTOCOL = "filejob.io/protocol";
    /**
     * Annotation of a ledger, and of a job for the union of its ledgers: the finished slices in the format of {@link
     * io.filejob.ledger.SliceSetCodec}.
     */
    public static final String DONE = "filejob.io/done";
    /** Annotation of a job: the time at which {@link #DONE} was written. */
    public static final String DONE_AT = "filejob.io/done-at";
    /** Annotation of a ledger: the first slice with a certain failure. */
    public static final String FAILED = "filejob.io/failed";
    /**
     * Annotation of a ledger: the number of results that it reports as lost; if there are any, {@link #DONE} of all
     * ledgers is not reliable.
     */
    public static final String LOST = "filejob.io/lost";
    /** Annotation of a Job that calls the receiver: the number of the attempt, from 1. */
    public static final String CALLBACK_ATTEMPT = "filejob.io/callback-attempt";
    /** Annotation of a Job that calls the receiver: the end of the FileJob that it tells of, since a redrive has another. */
    public static final String CALLBACK_END = "filejob.io/callback-end";
    /** Annotation of a job: its {@link CrashedItems}. */
    public static final String CRASHED = "filejob.io/crashed";
    /** Annotation of a ledger: the worker's index. */
    public static final String WORKER = "filejob.io/worker";
    /** Annotation of a ledger: the attempt of the worker. */
    public static final String ATTEMPT = "filejob.io/attempt";

    /** Annotation of a ledger, and of the ConfigMap {@link #waits}: the reasons why the worker is waiting. */
    public static final String WAITS = "filejob.io/waits";

    /** Annotation of a ledger: the {@link WorkerReport} of its attempt. */
    public static final String REPORT = "filejob.io/report";

    /** Key in a job's {@code data}: the FileJob manifest. */
    public static final String MANIFEST_KEY = "job.yaml";
    /** Key in a ledger's {@code binaryData}: the ledger. */
    public static final String LEDGER_KEY = "ledger";

    /** Key in the {@code binaryData} of a worker's profile: {@link StacksConfigMap}. */
    public static final String STACKS_KEY = "stacks";

    /** Key in a plan's {@code binaryData}: the listing, gzip of JSON. */
    public static final String INPUTS_KEY = "inputs";
    /** Maximum length of {@link #DONE} in characters; all annotations of an object together are limited to 256 KiB. */
    public static final int MAX_DONE = 200 * 1024;

    private ClusterNames() {}

    /**
     * Returns the name of the ConfigMap with the listing of the input; {@code base} is the name of the job's ConfigMap.
     */
    public static String plan(String base) {
        return base + "-plan";
    }

    /**
     * Returns the name of the ConfigMap in which an attempt reports waits before there is a plan. No ledger has this
     * name, since attempts begin with hexadecimal digits.
     */
    public static String waits(String base, int worker, String attempt) {
        return base + "-" + worker + "-w" + attempt.substring(0, Math.min(7, attempt.length()));
    }

    /** Returns the name of the ConfigMap with the profile of an attempt, which differs from those of ledgers and waits. */
    public static String profile(String base, int worker, String attempt) {
        return base + "-" + worker + "-p" + attempt.substring(0, Math.min(7, attempt.length()));
    }

    /** Returns the label selector of the ConfigMaps with the profiles of the FileJob with this {@code uid}. */
    public static String profileSelector(String uid) {
        return JOB_UID + "=" + uid + "," + ROLE + "=" + ROLE_PROFILE;
    }

    /** Returns the name of an attempt's ledger; {@code base} is the name of the job's ConfigMap. */
    public static String ledger(String base, int worker, String attempt) {
        return base + "-" + worker + "-" + attempt.substring(0, Math.min(8, attempt.length()));
    }
}
