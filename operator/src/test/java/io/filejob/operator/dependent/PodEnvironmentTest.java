package io.filejob.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.filejob.cluster.PodEnvironment;
import io.filejob.operator.Jobs;
import io.filejob.operator.OperatorSettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operator writes the names into pods that the command line reads there. */
final class PodEnvironmentTest {
    private static final List<Path> SOURCES =
            List.of(Path.of("src/main/java"), Path.of("../core/src/main/java"), Path.of("../runner/src/main/java"));
    /** Comments and texts; only texts are captured. */
    private static final Pattern COMMENT_OR_TEXT =
            Pattern.compile("/\\*[\\s\\S]*?\\*/|//[^\\n]*|(\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\")");

    private static final Pattern VARIABLE = Pattern.compile(
            "FILEJOB_[A-Z_]+|JOB_COMPLETION_INDEX|/etc/filejob[a-z/]*|/dev/termination-log|/var/run/secrets[a-z./]*");

    @Test
    void everyNameIsWrittenOnce() throws IOException {
        Map<String, List<String>> names = new TreeMap<>();
        for (Path folder : SOURCES) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    COMMENT_OR_TEXT
                            .matcher(Files.readString(file))
                            .results()
                            .filter(text -> text.group(1) != null)
                            .flatMap(text -> VARIABLE.matcher(text.group(1)).results())
                            .forEach(name -> names.computeIfAbsent(name.group(), _ -> new ArrayList<>())
                                    .add(file.getFileName().toString()));
                }
            }
        }

        assertThat(names).containsKeys(PodEnvironment.NAMESPACE, PodEnvironment.SECRETS_FOLDER);
        assertThat(names).allSatisfy((name, files) -> assertThat(files).as(name).hasSize(1));
    }

    @Test
    void podsHaveTheVariablesThatWorkersRead() {
        Container container = container();
        Map<String, String> environment = new TreeMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(
                    variable.getName(),
                    variable.getValueFrom() == null
                            ? variable.getValue()
                            : variable.getValueFrom().getFieldRef().getFieldPath());
        }

        assertThat(environment)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        PodEnvironment.NAMESPACE, "metadata.namespace",
                        PodEnvironment.ATTEMPT, "metadata.uid",
                        PodEnvironment.SECRETS, PodEnvironment.SECRETS_FOLDER));
        assertThat(container.getTerminationMessagePath()).isEqualTo(PodEnvironment.TERMINATION_MESSAGE.toString());
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains(PodEnvironment.SECRETS_FOLDER + "/bucket");
    }

    @Test
    void smallPodsHaveTheHeapThatTheirWorkersNeed() {
        String small = "\"pod\": {\"resources\": {\"limits\": {\"memory\": \"%s\"}}}";
        assertThat(container(small.formatted("160Mi")).getEnv())
                .contains(new EnvVar(PodEnvironment.JAVA_OPTIONS, "-Xmx77m", null));
        assertThat(container(small.formatted("256Mi")).getEnv())
                .extracting(EnvVar::getName)
                .doesNotContain(PodEnvironment.JAVA_OPTIONS);
    }

    /** The JVM would take 307 MiB of 512. */
    @Test
    void podsThatCompressImagesHaveRoomForThemOutsideOfTheHeap() {
        assertThat(images("").getEnv()).contains(new EnvVar(PodEnvironment.JAVA_OPTIONS, "-Xmx229m", null));
        assertThat(images(", \"memory\": \"1Gi\"").getResources().getLimits().get("memory"))
                .hasToString("1730Mi");
        assertThat(images(", \"memory\": \"1Gi\"").getEnv())
                .contains(new EnvVar(PodEnvironment.JAVA_OPTIONS, "-Xmx615m", null));
        assertThat(images(", \"memory\": \"64Mi\"").getEnv())
                .extracting(EnvVar::getName)
                .doesNotContain(PodEnvironment.JAVA_OPTIONS);
    }

    private static Container images(String fields) {
        return ofSpec("""
                {"input": {"files": ["s3://bucket/a.csv"]}, "output": {"uri": "s3://bucket/out.csv"},
                 "operation": {"compressImages": {"to": {"uri": "s3://bucket/out"}}} %s}
                """.formatted(fields));
    }

    private static Container container() {
        return container("\"workers\": 1");
    }

    private static Container container(String field) {
        return ofSpec("""
                {%s, "input": {"files": ["s3://bucket/a.csv"]}, "operation": {"average": {}},
                 "s3": {"credentialsSecret": {"name": "bucket"}}}
                """.formatted(field));
    }

    private static Container ofSpec(String spec) {
        OperatorSettings settings = new SmallRyeConfigBuilder()
                .withMapping(OperatorSettings.class)
                .withSources(new EnvConfigSource(Map.of("FILEJOB_RUNNER_IMAGE", "localhost/runner"), 300))
                .build()
                .getConfigMapping(OperatorSettings.class);
        return PodTemplate.of(Jobs.job(spec), settings)
                .getSpec()
                .getContainers()
                .getFirst();
    }
}
