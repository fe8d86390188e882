package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod of the cluster that mounts a claim, created with the token of a caller. Thread-safe. */
final class ReaderPod {
    private static final Duration POLL = Duration.ofMillis(250);

    private final CallerClient.Lease lease;
    private final Pod object;
    private final Duration startTimeout;
    private final ReaderProcess.Starter starter;
    private final ReentrantLock starting = new ReentrantLock();

    private @Nullable Pod running;
    private volatile @Nullable ProblemException failure;
    private volatile boolean isLost;
    private volatile boolean isDeleted;

    /**
     * Creates a pod, which is not started yet.
     *
     * @param lease the client of the caller, closed when the pod is deleted
     * @param object the pod
     * @param startTimeout the time within which it must start
     * @param starter starts commands in it
     */
    ReaderPod(CallerClient.Lease lease, Pod object, Duration startTimeout, ReaderProcess.Starter starter) {
        this.lease = lease;
        this.object = object;
        this.startTimeout = startTimeout;
        this.starter = starter;
    }

    /**
     * Starts {@code command} in the pod, after the pod has been created and has started; throws {@link ProblemException} if one
     * of these is refused or takes too long.
     */
    ReaderProcess start(List<String> command) {
        Pod pod = running();
        try {
            return starter.start(lease.client(), pod, command);
        } catch (ProblemException e) {
            if (e.type() == ProblemType.UNAVAILABLE) {
                isLost = true;
            }
            throw e;
        }
    }

    private Pod running() {
        starting.lock();
        try {
            ProblemException before = failure;
            if (before != null) {
                throw before;
            }
            if (running == null) {
                running = create();
            }
            return running;
        } catch (KubernetesClientException e) {
            ProblemException problem = ApiProblems.of(e);
            failure = problem;
            throw problem;
        } catch (ProblemException e) {
            failure = e;
            throw e;
        } finally {
            starting.unlock();
        }
    }

    private Pod create() {
        KubernetesClient client = lease.client();
        new EndedReaders(client, object).delete();
        Pod created = client.resource(object).create();
        try {
            return awaitStart(client, created);
        } catch (KubernetesClientException | ProblemException e) {
            delete(client, created);
            throw e;
        }
    }

    private Pod awaitStart(KubernetesClient client, Pod created) {
        long start = System.nanoTime();
        while (!isDeleted) {
            Pod now = client.resource(created).get();
            if (now == null) {
                throw unavailable("the pod that reads it was deleted");
            }
            Optional<ContainerState> state = state(now);
            if (state.map(ContainerState::getRunning).isPresent()) {
                return now;
            }
            if (state.map(ContainerState::getTerminated).isPresent() || isFailed(now)) {
                throw unavailable("the pod that reads it has failed: " + StartObstacle.of(client, now));
            }
            if (System.nanoTime() - start > startTimeout.toNanos()) {
                throw unavailable("the pod that reads it has not started within " + startTimeout.toSeconds() + " s: "
                        + StartObstacle.of(client, now));
            }
            pause();
        }
        throw stopping();
    }

    private static ProblemException stopping() {
        return new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping; try again");
    }

    private ProblemException unavailable(String reason) {
        String claim = object.getSpec()
                .getVolumes()
                .getLast()
                .getPersistentVolumeClaim()
                .getClaimName();
        return new ProblemException(
                ProblemType.UNAVAILABLE, "the claim " + claim + " cannot be read: " + reason + "; try again later");
    }

    private static boolean isFailed(Pod pod) {
        return pod.getStatus() != null && "Failed".equals(pod.getStatus().getPhase());
    }

    private static Optional<ContainerState> state(Pod pod) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(status ->
                        Objects.requireNonNullElse(status.getContainerStatuses(), List.<ContainerStatus>of()).stream())
                .filter(status -> ReaderPodObject.CONTAINER.equals(status.getName()))
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping();
        }
    }

    /** Returns whether the pod could not be started, or no longer responds; does not wait for its start. */
    boolean hasFailed() {
        return failure != null || isLost;
    }

    /** Deletes the pod, which is not used any more. */
    void delete() {
        isDeleted = true;
        starting.lock();
        try {
            if (running != null) {
                delete(lease.client(), running);
            }
            failure = stopping();
        } finally {
            starting.unlock();
            lease.close();
        }
    }

    private static void delete(KubernetesClient client, Pod pod) {
        try {
            client.resource(pod).withGracePeriod(0).delete();
        } catch (KubernetesClientException e) {
            // The caller may not delete it, or its token has expired. The pod ends when it has not been used for a
            // while.
            return;
        }
    }
}
