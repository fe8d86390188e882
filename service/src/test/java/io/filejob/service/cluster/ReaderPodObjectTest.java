package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJob;
import io.filejob.cluster.PodEnvironment;
import io.filejob.manifest.ManifestReader;
import io.filejob.value.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The pods that read claims. */
final class ReaderPodObjectTest {
    private static final String JOB = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: monthly.totals, namespace: music, uid: 6b0c9f1e-0000-4000-8000-000000000000}
            spec:
              input: {files: [/songs/*.csv, "s3://songs/*.csv"], format: {csv: {}}}
              operation: {aggregate: {groupBy: [a], measures: [{function: count, as: n}]}}
              output: {uri: "file:///totals/totals.csv"}
              volumes:
                - {name: songs, claimName: songs, mountPath: /songs, readOnly: true}
                - {name: totals, claimName: music-totals, mountPath: /totals}
              s3: {credentialsSecret: {name: s3}}
              pod:
                resources: {requests: {cpu: "4", memory: 8Gi}}
                nodeSelector: {disk: ssd}
                tolerations: [{key: batch, operator: Exists, effect: NoSchedule}]
                priorityClassName: low
                serviceAccountName: music
                annotations: {sidecar.istio.io/inject: "false"}
                labels: {team: music}
            """;

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              generateName: monthly-totals-read-
              namespace: music
              labels:
                team: music
                app.kubernetes.io/managed-by: filejob-service
                filejob.io/name: monthly.totals
                filejob.io/job-uid: 6b0c9f1e-0000-4000-8000-000000000000
                filejob.io/role: reader
              annotations: {sidecar.istio.io/inject: "false"}
              ownerReferences:
                - apiVersion: filejob.io/v1alpha1
                  kind: FileJob
                  name: monthly.totals
                  uid: 6b0c9f1e-0000-4000-8000-000000000000
            spec:
              restartPolicy: Never
              activeDeadlineSeconds: 3600
              terminationGracePeriodSeconds: 1
              serviceAccountName: music
              automountServiceAccountToken: false
              enableServiceLinks: false
              nodeSelector: {disk: ssd}
              tolerations: [{key: batch, operator: Exists, effect: NoSchedule}]
              priorityClassName: low
              imagePullSecrets: [{name: registry}]
              securityContext:
                runAsNonRoot: true
                runAsUser: 10001
                runAsGroup: 10001
                fsGroup: 10001
                fsGroupChangePolicy: OnRootMismatch
                seccompProfile: {type: RuntimeDefault}
              containers:
                - name: reader
                  image: filejob/runner:test
                  imagePullPolicy: IfNotPresent
                  args: [read-volume, --volume, /totals]
                  resources: {requests: {cpu: 50m, memory: 128Mi}, limits: {memory: 384Mi}}
                  securityContext:
                    allowPrivilegeEscalation: false
                    readOnlyRootFilesystem: true
                    capabilities: {drop: [ALL]}
                  volumeMounts:
                    - {name: filejob-scratch, mountPath: /tmp}
                    - {name: totals, mountPath: /totals, readOnly: true}
              volumes:
                - {name: filejob-scratch, emptyDir: {}}
                - {name: totals, persistentVolumeClaim: {claimName: music-totals, readOnly: true}}
            """;

    @Test
    void aPodHasTheSettingsOfWorkersAndMountsOneClaimReadOnly() throws Exception {
        FileJob job = ManifestReader.read(JOB);
        Pod pod = ReaderPodObject.of(
                job,
                Objects.requireNonNull(job.spec().volumes()).getLast(),
                "filejob/runner:test",
                TestReaderSettings.DEFAULT);
        assertThat(Json.parse(Serialization.asJson(pod)))
                .isEqualTo(Json.parse(Serialization.asJson(Serialization.unmarshal(POD, Pod.class))));
    }

    /** An image without a start-up cache is started in the same way: the JVM goes on without it. */
    @Test
    void theCommandIsTheEntryPointOfTheImage() throws Exception {
        List<String> withoutCache = PodEnvironment.COMMAND.stream()
                .filter(word -> !word.startsWith("-XX:AOTCache="))
                .toList();
        assertThat(Files.readString(Path.of("../runner/Containerfile")).lines())
                .filteredOn(line -> line.startsWith("ENTRYPOINT "))
                .extracting(line -> Json.parse(line.substring("ENTRYPOINT ".length())))
                .contains(Optional.of(Json.tree(PodEnvironment.COMMAND)))
                .isSubsetOf(Optional.of(Json.tree(PodEnvironment.COMMAND)), Optional.of(Json.tree(withoutCache)));
    }
}
