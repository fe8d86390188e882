package io.filejob.storage;

/** Labels, annotations and keys of a job's ConfigMaps: what workers and operator agree on. */
public final class ClusterNames {
    /** Label: who made the object. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** Its value. */
    public static final String OPERATOR = "filejob-operator";
    /** Label: the UID of the FileJob. */
    public static final String JOB_UID = "filejob.io/job-uid";
    /** Label: the name of the FileJob, cut to the length of a label. */
    public static final String NAME = "filejob.io/name";
    /** Label: what the object is for. */
    public static final String ROLE = "filejob.io/role";
    /** The role of the ConfigMap that tells workers what to do. */
    public static final String ROLE_JOB = "job";
    /** The role of pods. */
    public static final String ROLE_WORKER = "worker";
    /** The role of the ConfigMaps that workers keep. */
    public static final String ROLE_LEDGER = "ledger";
    /** The role of the ConfigMap in which a worker pins the input's listing. */
    public static final String ROLE_PLAN = "plan";
    /** Label of a result, which is the user's: the UID of the FileJob that wrote it. */
    public static final String RESULT_OF = "filejob.io/result-of";

    /** Annotation of pods and results: the FileJob's name, which may be too long for a label. */
    public static final String JOB_NAME = "filejob.io/job-name";
    /** Annotation of a job: W as it is now. */
    public static final String WORKERS = "filejob.io/workers";
    /** Annotation of a job, its plan and its ledgers: {@link io.filejob.job.Fingerprint#combined()}. */
    public static final String FINGERPRINT = "filejob.io/fingerprint";
    /** Annotation of a job and its plan: {@link io.filejob.job.Cut#text()}. */
    public static final String CUT = "filejob.io/cut";
    /** Annotation of a job: {@link io.filejob.job.Cut#PROTOCOL} of the operator that made it. */
    public static final String PROTOCOL = "filejob.io/protocol";
    /** Annotation of a ledger, and of a job for all of them: what is done, as {@link io.filejob.job.DoneSet}. */
    public static final String DONE = "filejob.io/done";
    /** Annotation of a job: when {@link #DONE} was written. */
    public static final String DONE_AT = "filejob.io/done-at";
    /** Annotation of a ledger: the first slice that failed for sure. */
    public static final String FAILED = "filejob.io/failed";
    /** Annotation of a ledger: how many results it says are lost; {@link #DONE} of all ledgers is then not to be relied on. */
    public static final String LOST = "filejob.io/lost";
    /** Annotation of a ledger: the worker's index. */
    public static final String WORKER = "filejob.io/worker";
    /** Annotation of a ledger: the attempt. */
    public static final String ATTEMPT = "filejob.io/attempt";

    /** Key in a job's {@code data}: the FileJob as a manifest. */
    public static final String MANIFEST_KEY = "job.yaml";
    /** Key in a ledger's {@code binaryData}. */
    public static final String LEDGER_KEY = "ledger";

    /** Key in a plan's {@code binaryData}: the listing, gzip of JSON. */
    public static final String INPUTS_KEY = "inputs";
    /** The characters that {@link #DONE} may have: an object's annotations may have 256 KiB together. */
    public static final int DONE_LIMIT = 200 * 1024;

    private ClusterNames() {}

    /** The name of the ConfigMap with the input's listing; {@code base} is the name of the job's ConfigMap. */
    public static String plan(String base) {
        return base + "-plan";
    }

    /** The name of an attempt's ledger; {@code base} is the name of the job's ConfigMap. */
    public static String ledger(String base, int worker, String attempt) {
        return base + "-" + worker + "-" + attempt.substring(0, Math.min(8, attempt.length()));
    }
}
