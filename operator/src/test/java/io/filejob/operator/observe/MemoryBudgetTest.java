package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.filejob.operator.api.FileJobResource;
import io.filejob.testing.time.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large jobs share the memory, are called when it is free, and do not starve. */
final class MemoryBudgetTest {
    private static final long TOTAL = 100;

    private final TestClock clock = new TestClock();
    private final MemoryBudget budget = new MemoryBudget(clock, TOTAL);
    private final List<String> called = new ArrayList<>();

    MemoryBudgetTest() {
        budget.whenCalled(id -> called.add(id.getName()));
    }

    /** Returns the job {@code namespace/name}. */
    private static FileJobResource job(String name) {
        FileJobResource job = new FileJobResource();
        job.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid(name)
                .withNamespace(name.split("-", 2)[0])
                .build());
        return job;
    }

    private boolean takes(String name, long bytes) {
        try {
            budget.take(job(name), bytes);
            return true;
        } catch (PostponedException wait) {
            assertThat(wait.pause()).isPositive();
            return false;
        }
    }

    @Test
    void jobsThatFitDoNotWaitForEachOther() {
        assertThat(takes("shop-0", 25)).isTrue();
        assertThat(takes("shop-1", 25)).isTrue();
        assertThat(takes("shop-1", 30)).as("it needs more").isTrue();
        assertThat(takes("shop-2", 45)).isTrue();
        assertThat(takes("shop-3", 1)).isFalse();
    }

    @Test
    void threadsAreLeftForSmallJobs() {
        for (int i = 0; i < MemoryBudget.MAX_JOBS; i++) {
            assertThat(takes("shop-" + i, 1)).isTrue();
        }
        assertThat(takes("shop-last", 1)).isFalse();
    }

    @Test
    void theEndOfOneCallsTheNextAtOnce() {
        takes("shop-0", TOTAL);
        assertThat(takes("shop-1", 50)).isFalse();
        assertThat(takes("shop-2", 50)).isFalse();
        assertThat(takes("shop-3", 50)).isFalse();
        budget.end("shop-3");
        assertThat(called).isEmpty();

        budget.end("shop-0");

        assertThat(called).containsExactly("shop-1", "shop-2");
        assertThat(takes("shop-3", 50)).as("it has not been called").isFalse();
        assertThat(takes("shop-1", 50)).isTrue();
        assertThat(takes("shop-2", 50)).isTrue();
    }

    @Test
    void theEndOfAnAttemptThatHadToWaitKeepsACallThatCameMeanwhile() {
        takes("shop-0", TOTAL);
        assertThat(takes("shop-1", 50)).isFalse();
        budget.end("shop-0");
        budget.end("shop-1");

        assertThat(budget.isCalled("shop-1")).isTrue();
        assertThat(takes("shop-1", 50)).isTrue();
    }

    @Test
    void aJobThatNeedsAllIsNotOvertakenBySmallerOnes() {
        takes("shop-0", 25);
        takes("shop-1", 25);
        assertThat(takes("shop-large", TOTAL)).isFalse();
        assertThat(takes("shop-2", 25)).isFalse();

        budget.end("shop-0");
        assertThat(takes("shop-3", 25)).isFalse();
        assertThat(called).isEmpty();
        budget.end("shop-1");

        assertThat(called).containsExactly("shop-large");
    }

    @Test
    void oneThatNeedsMoreThanIsFreeReleasesItsShareAndComesFirst() {
        takes("shop-0", 50);
        takes("shop-1", 50);
        assertThat(takes("shop-2", 25)).isFalse();
        assertThat(takes("shop-0", 60)).isFalse();
        assertThat(called).as("it would not fit again").isEmpty();

        assertThat(takes("shop-1", 70)).as("the other one goes on").isTrue();
        budget.end("shop-1");

        assertThat(called).containsExactly("shop-0", "shop-2");
    }

    @Test
    void aNamespaceWithManyJobsGetsEverySecondCallWhereTwoWait() {
        takes("flood-0", TOTAL);
        for (int i = 1; i < 50; i++) {
            takes("flood-" + i, TOTAL);
        }
        takes("shop-0", TOTAL);
        takes("shop-1", TOTAL);

        String holder = "flood-0";
        for (int turn = 0; turn < 4; turn++) {
            budget.end(holder);
            holder = called.getLast();
            assertThat(takes(holder, TOTAL)).isTrue();
        }

        assertThat(called.stream().map(name -> name.split("-", 2)[0])).containsSubsequence("flood", "shop", "flood");
        assertThat(called.stream().filter(name -> name.startsWith("shop"))).containsExactly("shop-0", "shop-1");
    }

    @Test
    void namespacesThatAskAnewDoNotPassOneThatWaits() {
        takes("a-0", TOTAL);
        takes("shop-0", TOTAL);
        takes("shop-1", TOTAL);
        budget.end("a-0");
        takes("shop-0", TOTAL);
        takes("b-0", TOTAL);
        takes("c-0", TOTAL);

        budget.end("shop-0");

        assertThat(called).containsExactly("shop-0", "shop-1");
    }

    @Test
    void oneThatDoesNotComeBackHoldsUpNoOther() {
        takes("shop-0", TOTAL);
        takes("shop-gone", TOTAL);
        takes("shop-1", TOTAL);
        budget.end("shop-0");
        assertThat(takes("shop-1", TOTAL)).as("the one before may still come").isFalse();

        clock.pass(MemoryBudget.GONE.plus(Duration.ofSeconds(1)));

        assertThat(takes("shop-1", TOTAL)).isTrue();
    }

    @Test
    void deletedJobsHoldUpNoOther() {
        takes("shop-0", TOTAL);
        takes("shop-gone", TOTAL);
        takes("shop-gone-too", TOTAL);
        takes("shop-1", TOTAL);
        budget.end("shop-0");

        budget.retain(Set.of("shop-gone-too", "shop-1"));
        budget.forget("shop-gone-too");

        assertThat(called).containsExactly("shop-gone", "shop-gone-too", "shop-1");
    }

    @Test
    void aJobThatHasBeenLargeAsksBeforeItReads() {
        takes("shop-0", TOTAL);
        budget.end("shop-0");
        takes("shop-1", 50);
        budget.takeAsBefore(job("shop-unknown"));

        assertThat(IntStream.range(0, 2).filter(_ -> {
                    try {
                        budget.takeAsBefore(job("shop-0"));
                        return true;
                    } catch (PostponedException wait) {
                        return false;
                    }
                }))
                .isEmpty();
    }

    /** Plays jobs of random sizes that read in random steps; a job that has to wait asks again only when it is called. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void allJobsAreServedWithinTheBudget(long seed) {
        Random random = new Random(seed);
        Map<String, Reading> ready = new TreeMap<>();
        Map<String, Reading> all = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            Reading reading = new Reading((random.nextInt(3) == 0 ? "a-" : "flood-") + i);
            long size = 1 + random.nextLong(random.nextBoolean() ? TOTAL : TOTAL / 10);
            random.longs(1 + random.nextInt(4), 1, size + 1).sorted().forEach(reading.steps::add);
            all.put(reading.job, reading);
        }
        ready.putAll(all);
        budget.whenCalled(id -> ready.putAll(Map.of(id.getName(), Objects.requireNonNull(all.get(id.getName())))));
        int served = 0;
        while (!ready.isEmpty()) {
            Reading reading = List.copyOf(ready.values()).get(random.nextInt(ready.size()));
            if (reading.done == reading.steps.size()) {
                ready.remove(reading.job);
                reading.done = 0;
                budget.end(reading.job);
                served++;
                continue;
            }
            ready.remove(reading.job);
            if (takes(reading.job, reading.steps.get(reading.done))) {
                ready.put(reading.job, reading);
                reading.done++;
            } else {
                reading.done = 0;
            }
            assertThat(all.values().stream().mapToLong(Reading::bytes).sum()).isLessThanOrEqualTo(TOTAL);
        }

        assertThat(served).isEqualTo(all.size());
        assertThat(takes("shop-all", TOTAL)).as("all is free").isTrue();
    }

    /** The observation of a job, which asks for more bytes with each of its steps. */
    private static final class Reading {
        private final String job;
        private final List<Long> steps = new ArrayList<>();
        private int done;

        Reading(String job) {
            this.job = job;
        }

        long bytes() {
            return done == 0 ? 0 : steps.get(done - 1);
        }
    }
}
