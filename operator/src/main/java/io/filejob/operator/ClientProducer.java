package io.filejob.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the operator's client of the API server, which counts its requests. */
final class ClientProducer {
    @Produces
    @Singleton
    KubernetesClient client(Config config, KubernetesSerialization serialization, ApiMeters meters) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor(ApiMeters.NAME, meters))
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }
}
