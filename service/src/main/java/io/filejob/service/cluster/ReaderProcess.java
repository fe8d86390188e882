package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.service.problem.ProblemException;
import java.io.InputStream;
import java.util.List;

/** A command that runs in a pod; it ends when it is closed. */
interface ReaderProcess extends AutoCloseable {
    /** Returns the standard output of the command. */
    InputStream output();

    /** Waits for the end of the command, at most some seconds, and returns the text of its standard error. */
    String error();

    @Override
    void close();

    /** Starts commands. */
    interface Starter {
        /** Starts {@code command} in {@code pod}; throws {@link ProblemException} if the API server refuses it. */
        ReaderProcess start(KubernetesClient client, Pod pod, List<String> command);
    }
}
