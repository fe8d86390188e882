package io.filejob.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlanTest {
    private static final Cut CUT = new Cut(Cut.PROTOCOL, 10, 0, 0, 0);

    @Test
    void theStripesOfAllWorkersAreTheSlicesOfTheStage() {
        for (int workers = 1; workers <= 16; workers++) {
            for (int slices = 0; slices <= 40; slices++) {
                Stage stage = new Stage(Stage.Kind.MAP, 7, slices);
                int w = workers;
                assertThat(IntStream.range(0, workers).flatMap(worker -> Plan.stripe(stage, worker, w)))
                        .as("%d workers, %d slices", workers, slices)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(7, 7 + slices).boxed().toList());
            }
        }
    }

    @Test
    void aWorkerTakesEveryWthSlice() {
        assertThat(Plan.stripe(new Stage(Stage.Kind.MAP, 0, 10), 1, 4)).containsExactly(1, 5, 9);
    }

    @Test
    void publishingIsAStageOfItsOwn() {
        Plan plan = new Plan(new Fingerprint("a", "b", CUT), FileSlicingTest.slicing(1, 3), 0, false, true);
        assertThat(plan.stages()).containsExactly(new Stage(Stage.Kind.MAP, 0, 3), new Stage(Stage.Kind.PUBLISH, 3, 1));
        assertThat(plan.slices()).isEqualTo(4);
    }
}
