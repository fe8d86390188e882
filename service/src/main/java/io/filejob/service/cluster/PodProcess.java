package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command in a pod, as {@code kubectl exec} runs it: its output is binary and is in no log. The node sends only what is read
 * here. The command sees the end of its standard input when this connection ends.
 */
final class PodProcess implements ReaderProcess {
    private static final Duration END = Duration.ofSeconds(10);

    private final ExecWatch watch;
    private final ByteArrayOutputStream errors;

    private PodProcess(ExecWatch watch, ByteArrayOutputStream errors) {
        this.watch = watch;
        this.errors = errors;
    }

    static ReaderProcess start(KubernetesClient client, Pod pod, List<String> command) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try {
            return new PodProcess(
                    client.pods()
                            .inNamespace(pod.getMetadata().getNamespace())
                            .withName(pod.getMetadata().getName())
                            .inContainer(ReaderPodObject.CONTAINER)
                            .redirectingInput()
                            .redirectingOutput()
                            .writingError(errors)
                            .usingListener(new Listener())
                            .exec(command.toArray(String[]::new)),
                    errors);
        } catch (KubernetesClientException e) {
            throw problem(e, pod);
        }
    }

    private static ProblemException problem(KubernetesClientException failure, Pod pod) {
        int code = failure.getCode();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebSocketHandshakeException refused) {
                code = refused.getResponse().code();
            }
        }
        if (code == HttpURLConnection.HTTP_FORBIDDEN) {
            return new ProblemException(
                    ProblemType.FORBIDDEN,
                    "the API server does not let you read files by a pod: it takes the rights to get and create pods/exec"
                            + " in the namespace " + pod.getMetadata().getNamespace());
        }
        return code == HttpURLConnection.HTTP_UNAUTHORIZED
                ? ApiProblems.of(failure)
                : new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "the pod that reads the volume cannot be reached (HTTP " + code + "); try again");
    }

    @Override
    public InputStream output() {
        return watch.getOutput();
    }

    @Override
    public String error() {
        try {
            watch.exitCode().get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The connection is broken, and so is the text.
            return errors.toString(StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return errors.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        watch.close();
    }

    /** Keeps failures out of the log, since their caller is told of them. */
    private static final class Listener implements ExecListener {
        @Override
        public void onClose(int code, String reason) {
            // The stream of the output ends, too.
        }
    }
}
