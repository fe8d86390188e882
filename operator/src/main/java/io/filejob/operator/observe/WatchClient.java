package io.filejob.operator.observe;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.filejob.operator.ApiMeters;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The client of the informers. It prunes the objects that it reads, and requests only the metadata of ConfigMaps, so
 * that their contents are neither sent nor kept.
 */
@ApplicationScoped
public class WatchClient {
    private static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final String METADATA_LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private final KubernetesClient client;

    WatchClient(KubernetesClient operators, ApiMeters meters) {
        client = new KubernetesClientBuilder()
                .withConfig(operators.getConfiguration())
                .withKubernetesSerialization(Pruning.serialization())
                .withHttpClientBuilderConsumer(
                        builder -> builder.addOrReplaceInterceptor("metadata-only", new MetadataOnly())
                                .addOrReplaceInterceptor(ApiMeters.NAME, meters))
                .build();
    }

    /**
     * Returns the client; only for informers, since the objects that it has read are incomplete and must not be
     * written.
     */
    public KubernetesClient get() {
        return client;
    }

    @PreDestroy
    void close() {
        client.close();
    }

    private static final class MetadataOnly implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (request.uri().getPath().endsWith("/configmaps")) {
                boolean watches = String.valueOf(request.uri().getQuery()).contains("watch=true");
                builder.setHeader("Accept", watches ? METADATA : METADATA_LIST);
            }
        }
    }
}
