package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.JobFailedException;
import io.filejob.operator.Jobs;
import io.filejob.operator.OperatorSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A FileJob may use only the names that the chart allows. */
final class PolicyTest {
    private static Policy policy(Map<String, String> settings) {
        return new Policy(new SmallRyeConfigBuilder()
                .withMapping(OperatorSettings.class)
                .withDefaultValues(settings)
                .withDefaultValue("filejob.runner.image", "localhost/runner")
                .build()
                .getConfigMapping(OperatorSettings.class)
                .policy());
    }

    private static FileJobSpec spec(String more) {
        return Jobs.job("{\"input\": {\"files\": [\"/data/a.csv\"]}, " + more + "}")
                .getSpec();
    }

    private static final String AVERAGE = "\"operation\": {\"average\": {\"column\": \"price\"}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            service-accounts | "pod": {"serviceAccountName": "NAME"}                                        | spec.pod.serviceAccountName     | serviceAccounts
            priority-classes | "pod": {"priorityClassName": "NAME"}                                         | spec.pod.priorityClassName      | priorityClasses
            annotations      | "pod": {"annotations": {"NAME": "x"}}                                        | spec.pod.annotations            | annotations
            labels           | "pod": {"labels": {"NAME": "x"}}                                             | spec.pod.labels                 | labels
            secrets          | "s3": {"credentialsSecret": {"name": "NAME"}}                                | spec.s3.credentialsSecret.name  | secrets
            secrets          | "s3": {"caSecret": {"name": "NAME"}}                                         | spec.s3.caSecret.name           | secrets
            claims           | "volumes": [{"name": "v", "claimName": "NAME", "mountPath": "/data"}]        | spec.volumes.claimName          | claims
            """)
    void whatIsNotAllowedIsRefusedByName(String setting, String json, String field, String value) {
        Policy policy = policy(Map.of("filejob.policy." + setting, "team-*,exactly"));
        for (String name : new String[] {"team-a", "team-", "exactly"}) {
            assertThatCode(() -> policy.check(spec(json.replace("NAME", name) + ", " + AVERAGE)))
                    .doesNotThrowAnyException();
        }
        for (String name : new String[] {"admin", "exactly-not", "ateam-a", "tea.-a"}) {
            assertThatThrownBy(() -> policy.check(spec(json.replace("NAME", name) + ", " + AVERAGE)))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageStartingWith(field + ": not allowed in this cluster (" + name + ")")
                    .hasMessageContaining("policy." + value);
        }
    }

    @Test
    void theSecretOfADatabaseIsOneOfThem() {
        String ingest = "\"operation\": {\"ingest\": {\"database\": {\"secret\": {\"name\": \"root-db\"}},"
                + " \"table\": \"t\", \"keys\": [\"k\"]}}";

        assertThatThrownBy(() -> policy(Map.of("filejob.policy.secrets", "-")).check(spec(ingest)))
                .hasMessageContaining("spec.operation.ingest.database.secret.name")
                .hasMessageContaining("(root-db)");
        assertThatCode(() -> policy(Map.of()).check(spec(ingest))).doesNotThrowAnyException();
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        Policy none = policy(Map.of("filejob.policy.service-accounts", "-", "filejob.policy.labels", "-"));

        assertThatThrownBy(() -> none.check(
                        spec("\"pod\": {\"serviceAccountName\": \"a\", \"labels\": {\"b\": \"c\"}}, " + AVERAGE)))
                .hasMessageContaining("(a)")
                .hasMessageContaining("(b)");
    }
}
