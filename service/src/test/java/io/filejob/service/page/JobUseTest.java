package io.filejob.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.service.ServiceSettings;
import io.filejob.service.template.Destinations;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manifests of forms in a cluster, where jobs have no folders of their own. */
final class JobUseTest {
    private static final String HOST = "filejob.service.host";

    private static JobDraft songs(Map<String, String> settings, Map<String, String> fields) {
        ServiceSettings service = new SmallRyeConfigBuilder()
                .withMapping(ServiceSettings.class)
                .withDefaultValue("user.home", "/home/ann")
                .withDefaultValue(HOST, "cluster")
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(ServiceSettings.class);
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("key", "k1");
        form.putSingle("column", "Plays");
        form.putSingle("onBadRecord", "skip");
        fields.forEach(form::putSingle);
        return JobUse.SONGS.draft(form, new Destinations(service));
    }

    @Test
    void resultsAreInTheServicesBucketWithItsAccess() {
        Map<String, String> bucket = Map.of(
                "filejob.service.results",
                "s3://files/results/",
                "filejob.service.s3.endpoint",
                "http://minio:9000",
                "filejob.service.s3.credentials-secret",
                "files");
        JobDraft draft = songs(bucket, Map.of("file", "s3://files/uploads/plays.csv"));
        assertThat(draft.problems()).isEmpty();
        assertThat(draft.text())
                .contains(
                        "uri: s3://files/results/k1/totals.csv",
                        "uri: s3://files/results/k1/rejects.csv",
                        "endpoint: http://minio:9000",
                        "name: files")
                .doesNotContain("volumes:");
        assertThat(songs(bucket, Map.of("file", "s3://files/a.csv", "output", "s3://mine/totals.csv"))
                        .text())
                .contains("uri: s3://mine/totals.csv");
    }

    @Test
    void resultsAreOnTheServicesClaimWhichTheJobMounts() {
        JobDraft draft = songs(
                Map.of("filejob.service.cluster.claim", "shared"), Map.of("file", "file:///filejob/uploads/plays.csv"));
        assertThat(draft.problems()).isEmpty();
        assertThat(draft.text())
                .contains(
                        "uri: /filejob/results/k1/totals.csv",
                        "uri: /filejob/results/k1/rejects.csv",
                        "claimName: shared",
                        "mountPath: /filejob");
    }

    @Test
    void aServiceWithoutStorageAsksForAFullLocation() {
        assertThat(songs(Map.of(), Map.of("file", "s3://music/b.csv")).problems())
                .extracting(problem -> problem.field())
                .contains("output", "rejects");
        assertThat(songs(
                                Map.of(),
                                Map.of(
                                        "file",
                                        "s3://music/b.csv",
                                        "output",
                                        "s3://music/totals.csv",
                                        "rejects",
                                        "s3://music/rejects.csv"))
                        .problems())
                .isEmpty();
    }
}
