package io.filejob.model;

/** Messages of the rules between fields, for the command line and the API server; %s is replaced by a value. */
final class RuleMessages {
    static final String WRITTEN_TWICE = "%s is the file %s of spec.output.uri too; name another file";
    static final String IS_INPUT = "%s is one of the input files%s; name another file";
    static final String IS_KEPT =
            "%s is one of the generated files that spec.input.generate.keep asks for; name another file";
    static final String IN_STORE = "%s is in the store %s, which is for the job alone; name another file";
    static final String STORE_OF_INPUT = "the store %s holds %s; name a folder for the store alone";

    static final String RESERVED_KEY =
            "has a key that is reserved for FileJob, Kubernetes or Kueue: use one with a domain of your own";
    static final String LONG_PREFIX = "has a key with a prefix of more than 253 characters: shorten it";
    static final String NOT_A_RESOURCE =
            "has an unknown resource: use cpu, memory, ephemeral-storage, hugepages-SIZE or"
                    + " an extended resource with its domain, for example nvidia.com/gpu";
    static final String MORE_THAN_LIMIT =
            "cpu, memory or ephemeral-storage is more than in limits: lower the request, or raise the limit";
    static final String OTHER_THAN_LIMIT =
            "huge pages or an extended resource differs from limits: write the same amount in both";
    static final String NOT_WHOLE = "an extended resource is not a whole number: write for example 1";
    static final String HUGE_PAGES_ALONE = "huge pages need memory or cpu as well: add one of them";

    static final String VALUE_OF_EXISTS = "has no effect with operator: Exists: leave it out";
    static final String KEY_OF_EQUAL = "is required without operator: Exists: name the taint's key";
    static final String SECONDS_WITHOUT_EFFECT = "has no effect without effect: NoExecute: add that, or leave this out";

    private RuleMessages() {}
}
