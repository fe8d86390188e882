package io.filejob.e2e;

/** Describes the state of a namespace in which a test has failed. */
final class Diagnosis {
    private Diagnosis() {}

    static String of(String test, String namespace) {
        StringBuilder text = new StringBuilder("\n===== " + test + " has failed; " + namespace + ":\n");
        show(text, "get", "filejobs", "-n", namespace, "-o", "yaml");
        show(text, "get", "jobs,pods,configmaps", "-n", namespace, "-o", "wide");
        show(text, "get", "events", "-n", namespace, "--sort-by=.metadata.creationTimestamp");
        show(
                text,
                "get",
                "pods",
                "-n",
                namespace,
                "-o",
                "jsonpath={range .items[*]}{.metadata.name}: {.status}{\"\\n\"}{end}");
        show(text, "get", "pods", "-n", Cluster.SYSTEM, "-o", "wide");
        show(text, "logs", "-n", Cluster.SYSTEM, "-l", Operator.SELECTOR, "--prefix", "--tail=300");
        return text.append("===== end of ").append(test).append('\n').toString();
    }

    private static void show(StringBuilder text, String... arguments) {
        Command.Result result = Cluster.kubectl(arguments);
        text.append("--- kubectl ").append(String.join(" ", arguments)).append('\n');
        result.out().lines().filter(line -> !line.contains("\tat ")).forEach(line -> text.append(line)
                .append('\n'));
        text.append(result.err());
    }
}
