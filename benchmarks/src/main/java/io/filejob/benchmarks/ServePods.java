package io.filejob.benchmarks;

import io.filejob.api.FileJob;
import io.filejob.cluster.PodEnvironment;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.storage.Storage;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.validation.InvalidManifestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code ServePods FOLDER}: a Kubernetes API server. For each line of its input, the name of a manifest, it makes a namespace
 * with the ConfigMap {@value #NAME} that the operator would make for the job and one worker, and prints the environment of the
 * worker's pod: {@code NAME=VALUE} with blanks in between. The folder gets the tokens.
 */
public final class ServePods {
    private static final String NAME = "job-0badcafe";
    private static final String UID = "0badcafe-0000-4000-8000-000000000000";

    private static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: NAME
              namespace: NAMESPACE
              labels: {filejob.io/job-uid: UID, filejob.io/role: job}
              annotations: {filejob.io/workers: "1", filejob.io/protocol: "PROTOCOL", filejob.io/fingerprint: "PLAN"}
              ownerReferences:
              - {apiVersion: filejob.io/v1alpha1, kind: FileJob, name: job, uid: UID, controller: true, blockOwnerDeletion: true}
            data:
              job.yaml: |
            """;

    private ServePods() {}

    /** Serves. */
    public static void main(String[] args) throws IOException, InvalidManifestException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = in.readLine(); file != null; file = in.readLine()) {
            StringBuilder line = new StringBuilder();
            environment(Files.readString(Path.of(file)), folder)
                    .forEach((name, value) ->
                            line.append(name).append('=').append(value).append(' '));
            System.out.println(line.toString().strip());
        }
        // Threads of the API server would keep this process.
        System.exit(0);
    }

    private static Map<String, String> environment(String manifest, Path folder)
            throws IOException, InvalidManifestException {
        RealApiServer server = RealApiServer.get();
        FileJob job = ManifestReader.read(manifest);
        String namespace = server.namespace();
        String plan = Planner.plan(job.spec(), new Storage(Path.of("/")))
                .fingerprint()
                .combined();
        server.apply(CONFIG_MAP
                        .replace("NAMESPACE", namespace)
                        .replace("NAME", NAME)
                        .replace("UID", UID)
                        .replace("PROTOCOL", Integer.toString(Cut.PROTOCOL))
                        .replace("PLAN", plan)
                + manifest.indent(4));
        Path token = Files.writeString(folder.resolve(namespace), server.token(namespace));
        return Map.of(
                PodEnvironment.API_URL,
                server.uri().toString(),
                PodEnvironment.API_CA_FILE,
                server.authorities().toString(),
                PodEnvironment.API_TOKEN_FILE,
                token.toString(),
                PodEnvironment.NAMESPACE,
                namespace,
                PodEnvironment.INDEX,
                "0",
                PodEnvironment.ATTEMPT,
                "01234567-89ab-4cde-8000-000000000000");
    }
}
