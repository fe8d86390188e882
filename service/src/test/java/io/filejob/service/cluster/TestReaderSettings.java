package io.filejob.service.cluster;

import io.filejob.service.ServiceSettings.ReaderSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Settings of pods that read claims, as the chart writes them. */
record TestReaderSettings(int max, Duration startTimeout) implements ReaderSettings {
    static final TestReaderSettings DEFAULT = new TestReaderSettings(16, Duration.ofMinutes(2));

    @Override
    public Optional<String> image() {
        return Optional.of("filejob/runner:test");
    }

    @Override
    public String pullPolicy() {
        return "IfNotPresent";
    }

    @Override
    public Optional<List<String>> pullSecrets() {
        return Optional.of(List.of("registry"));
    }

    @Override
    public String serviceAccount() {
        return "filejob-worker";
    }

    @Override
    public OptionalLong user() {
        return OptionalLong.of(10_001);
    }

    @Override
    public String resources() {
        return """
                {"requests": {"cpu": "50m", "memory": "128Mi"}, "limits": {"memory": "384Mi"}}""";
    }
}
