package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cluster.ClusterNames;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RelevantUpdatesTest {
    private final RelevantUpdates updates = new RelevantUpdates();

    private static FileJobResource annotated(String key, String value) {
        FileJobResource job = Jobs.job(2, 10);
        job.getMetadata().setAnnotations(Map.of(key, value));
        return job;
    }

    @ParameterizedTest
    @CsvSource({
        ClusterNames.PROFILE + ",true,true",
        ClusterNames.PROFILE + ",false,false",
        ClusterNames.CANCEL + ",yes,true",
        ClusterNames.REDRIVE + ",1,true",
        "example.com/other,true,false"
    })
    void annotationsThatRequestSomethingLeadToAReconciliation(String key, String value, boolean accepted) {
        FileJobResource before = Jobs.job(2, 10);
        assertThat(updates.accept(annotated(key, value), before)).isEqualTo(accepted);
        assertThat(updates.accept(annotated(key, value), annotated(key, value))).isFalse();
    }

    @Test
    void aProfileThatIsNoLongerRequestedIsAnUpdate() {
        assertThat(updates.accept(Jobs.job(2, 10), annotated(ClusterNames.PROFILE, ClusterNames.ON)))
                .isTrue();
    }
}
