package io.filejob.operator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.api.FileJobSpec;
import io.filejob.api.FixedOncePlanned;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that a real API server allows for an existing FileJob, and how it displays them. */
final class LifeCycleRulesTest {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private static final String GENERATED =
            "{\"input\": {\"generate\": {\"files\": 2, \"entriesPerFile\": 3}}, \"operation\": {\"average\": {}}}";

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            onBadRecord           | "fail"
            tolerated             | {"percent": 5}
            activeDeadlineSeconds | 61
            activeDeadlineSeconds | null
            input                 | {"files": ["b.csv"]}
            input                 | {"sliceBytes": "1Mi"}
            operation             | {"average": {"column": "cost"}}
            output                | {"uri": "elsewhere.csv"}
            output                | null
            store                 | {"uri": "store"}
            rejects               | {"uri": "bad.csv"}
            memory                | "64Mi"
            s3                    | {"region": "eu-west-1"}
            callback              | {"url": "https://shop.example/hooks", "secret": {"name": "hook"}}
            volumes               | [{"name": "data", "claimName": "songs", "mountPath": "/data"}]
            pod                   | {"labels": {"team": "songs"}}
            pod                   | {"tolerations": [{"operator": "Exists"}]}
            """)
    void whatTheResultOrTheChildJobDependsOnIsFixedOncePlanned(String field, String change) throws Exception {
        Resource<FileJobResource> job = created("fixed", """
                {"onBadRecord": "skip", "tolerated": {"percent": 4}, "activeDeadlineSeconds": 60, "output": {"uri": "out.csv"},
                 "input": {"files": ["a.csv"]}, "operation": {"average": {"column": "price"}},
                 "pod": {"labels": {"team": "prices"}}}
                """);
        plan(job);
        String patch = "{\"spec\": {\"" + field + "\": " + change + "}}";
        assertThatThrownBy(() -> job.patch(MERGE, patch))
                .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> assertThat(
                                Cluster.says(refusal, "spec." + field + ": " + FixedOncePlanned.CHANGED))
                        .as(refusal.getMessage())
                        .isTrue());
    }

    /** Its workers have received the spec and are listing its files. */
    @Test
    void aJobThatHasBegunIsFixedBeforeItsPlanIsKnown() throws Exception {
        Resource<FileJobResource> job = created(
                "begun",
                "{\"input\": {\"files\": [\"/a.csv\"]}, \"operation\": {\"average\": {\"column\": \"price\"}}}");
        job.subresource("status").patch(MERGE, """
                {"status": {"phase": "Pending", "startTime": "2026-01-01T00:00:00.000Z"}}
                """);
        assertThatThrownBy(() -> job.patch(MERGE, "{\"spec\": {\"input\": {\"files\": [\"/b.csv\"]}}}"))
                .hasMessageContaining(FixedOncePlanned.CHANGED);
    }

    @Test
    void everythingMayChangeBeforeThereIsAPlan() throws Exception {
        Resource<FileJobResource> job = created("unplanned", GENERATED);
        job.subresource("status").patch(MERGE, "{\"status\": {\"phase\": \"Pending\"}}");
        job.patch(MERGE, "{\"spec\": {\"input\": {\"generate\": {\"seed\": 7}}, \"activeDeadlineSeconds\": 5}}");
        assertThat(job.get().getSpec().activeDeadlineSeconds()).isEqualTo(5);
    }

    @Test
    void workersSuspendAndTimeToLiveMayAlwaysChange() throws Exception {
        Resource<FileJobResource> job = planned("changing");
        job.patch(MERGE, "{\"spec\": {\"workers\": 7, \"suspend\": true, \"ttlSecondsAfterFinished\": 60}}");
        FileJobSpec spec = job.get().getSpec();
        assertThat(List.of(spec.workers(), spec.suspend())).containsExactly(7, true);
    }

    @Test
    void scalingSetsTheWorkersAndShowsThoseInEffect() throws Exception {
        Resource<FileJobResource> job = planned("scaled");
        job.subresource("status").patch(MERGE, "{\"status\": {\"workers\": 2, \"selector\": \"a=b\"}}");
        assertThat(job.scale().getStatus().getReplicas()).isEqualTo(2);
        assertThat(job.scale().getStatus().getSelector()).isEqualTo("a=b");
        job.scale(5);
        assertThat(job.get().getSpec().workers()).isEqualTo(5);
        assertThatThrownBy(() -> job.scale(10_001)).hasMessageContaining("10000");
    }

    @Test
    void defaultsShowInTheObject() throws Exception {
        JsonNode spec = CLUSTER.tryOut(Cluster.fileJob("defaults", """
                {"input": {"files": ["a"], "format": {"csv": {}}}, "operation": {"average": {"column": "price"}}}
                """)).path("spec");
        assertThat(spec.path("workers").asInt()).isEqualTo(1);
        assertThat(spec.path("suspend").isBoolean()).isTrue();
        assertThat(spec.path("onBadRecord").asText()).isEqualTo("fail");
        assertThat(spec.at("/input/format/csv").toString())
                .isEqualTo("{\"delimiter\":\",\",\"encoding\":\"UTF-8\",\"header\":true,\"quote\":\"\\\"\"}");
        assertThat(CLUSTER.tryOut(Cluster.fileJob("defaults", GENERATED))
                        .at("/spec/input/generate")
                        .toString())
                .isEqualTo("{\"decimals\":2,\"entriesPerFile\":3,\"files\":2,\"filesPerSlice\":5,\"max\":\"1000\","
                        + "\"min\":\"0\",\"seed\":0}");
    }

    @Test
    void theDefaultsOfAnIngestShowWhereTheyAlwaysHaveAnEffect() throws Exception {
        JsonNode ingest = CLUSTER.tryOut(Cluster.fileJob("defaults", """
                {"input": {"files": ["a"]}, "operation": {"ingest": {
                 "database": {"secret": {"name": "db"}}, "table": "products", "keys": ["sku"],
                 "aggregates": [{"table": "by_name", "groupBy": ["name"], "measures": [{"function": "count"}]}]}}}
                """)).at("/spec/operation/ingest");
        assertThat(ingest.path("mode").asText()).isEqualTo("upsert");
        assertThat(ingest.path("createTable").isBoolean()).isTrue();
        assertThat(ingest.at("/aggregates/0/refresh").asText()).isEqualTo("load");
        assertThat(ingest.has("onConflict")).isFalse();
        assertThat(ingest.has("duplicates")).isFalse();
    }

    @Test
    void theTableHasTheColumnsThatPeopleLookFor() throws Exception {
        Resource<FileJobResource> job = planned("shown");
        job.subresource("status").patch(MERGE, """
                {"status": {"phase": "Running", "reason": "WorkersRunning", "rows": {"in": 30, "used": 29, "rejected": 1},
                 "summary": {"progress": "1/2", "rowsPerSecond": "10", "duration": "3.0s"}}}
                """);
        JsonNode table = CLUSTER.table("shown");
        assertThat(table.at("/columnDefinitions").findValuesAsText("name"))
                .containsExactly(
                        "Name",
                        "Phase",
                        "Reason",
                        "Workers",
                        "Files",
                        "Rows",
                        "Progress",
                        "Result",
                        "Age",
                        "Rows/s",
                        "Rejected",
                        "Duration");
        assertThat(table.at("/columnDefinitions").findValues("priority"))
                .extracting(JsonNode::asInt)
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1);
        JsonNode cells = table.at("/rows/0/cells");
        assertThat(List.of(0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11))
                .extracting(column -> cells.get(column).asText())
                .containsExactly(
                        "shown", "Running", "WorkersRunning", "1", "2", "30", "1/2", "null", "10", "1", "3.0s");
    }

    /** Server-side apply merges conditions by their type. */
    @Test
    void aTypeOfConditionIsThereOnce() throws Exception {
        Resource<FileJobResource> job = planned("once");

        assertThatThrownBy(() -> job.subresource("status").patch(MERGE, """
                        {"status": {"conditions": [
                          {"type": "Failed", "status": "True", "reason": "A", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"},
                          {"type": "Failed", "status": "True", "reason": "B", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                        """)).hasMessageContaining("Duplicate value");
    }

    private static Resource<FileJobResource> planned(String name) throws Exception {
        Resource<FileJobResource> job = created(name, GENERATED);
        plan(job);
        return job;
    }

    private static void plan(Resource<FileJobResource> job) {
        job.subresource("status").patch(MERGE, """
                {"status": {"plan": {"fingerprint": "sha256:00", "stages": 1, "inputs": 2}}}
                """);
    }

    private static Resource<FileJobResource> created(String name, String spec) throws Exception {
        return CLUSTER.create(Cluster.fileJob(name, spec));
    }
}
