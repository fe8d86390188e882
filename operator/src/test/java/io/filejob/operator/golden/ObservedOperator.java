package io.filejob.operator.golden;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.observe.WatchClient;
import io.filejob.operator.reconcile.FileJobReconciler;
import io.javaoperatorsdk.operator.api.config.BaseConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.dependent.DependentResourceSpec;
import io.javaoperatorsdk.operator.api.reconciler.DefaultContext;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResourceFactory;
import io.javaoperatorsdk.operator.processing.Controller;
import io.prometheus.client.CollectorRegistry;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** The operator with its informers in an {@link ObservedCluster}; reconciles a FileJob once, at {@link #NOW}. */
final class ObservedOperator implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private final KubernetesClient client;
    private final WatchClient watches;

    ObservedOperator(ObservedCluster cluster) {
        client = new KubernetesClientBuilder().withConfig(cluster.config()).build();
        watches = new Wiring(client, new CollectorRegistry()).get(WatchClient.class);
    }

    /** Reconciles with the settings in {@code environment}, the variables of the operator's Deployment. */
    void reconcile(Map<String, String> environment) throws Exception {
        OperatorSettings settings = new SmallRyeConfigBuilder()
                .withMapping(OperatorSettings.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(OperatorSettings.class);
        Wiring wiring =
                new Wiring(client, watches, settings, Clock.fixed(NOW, ZoneOffset.UTC), new CollectorRegistry());
        Configuration configuration = new Configuration(wiring, client);
        configuration.getExecutorServiceManager().start(configuration);
        FileJobReconciler reconciler = wiring.get(FileJobReconciler.class);
        Controller<FileJobResource> controller =
                new Controller<>(reconciler, configuration.getConfigurationFor(reconciler), client);
        try {
            controller.start(false);
            FileJobResource job = controller
                    .eventSourceContext()
                    .getPrimaryCache()
                    .list()
                    .findFirst()
                    .orElseThrow();
            controller.reconcile(job, new DefaultContext<>(null, controller, job, false, false));
        } finally {
            controller.stop();
            configuration.getExecutorServiceManager().stop(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        watches.get().close();
        client.close();
    }

    /** The settings of application.properties that concern one reconciliation. */
    private static final class Configuration extends BaseConfigurationService {
        private final Wiring wiring;

        Configuration(Wiring wiring, KubernetesClient client) {
            super(null, null, client);
            this.wiring = wiring;
        }

        @Override
        public boolean ssaBasedCreateUpdateMatchForDependentResources() {
            return false;
        }

        @Override
        public DependentResourceFactory<ControllerConfiguration<?>, DependentResourceSpec<?, ?, ?>>
                dependentResourceFactory() {
            return new DependentResourceFactory<>() {
                @Override
                public DependentResource<?, ?> createFrom(
                        DependentResourceSpec<?, ?, ?> spec, ControllerConfiguration<?> configuration) {
                    DependentResource<?, ?> dependent = dependent(spec);
                    configure(dependent, spec, configuration);
                    return dependent;
                }

                @Override
                public Class<?> associatedResourceType(DependentResourceSpec<?, ?, ?> spec) {
                    return dependent(spec).resourceType();
                }

                private DependentResource<?, ?> dependent(DependentResourceSpec<?, ?, ?> spec) {
                    return wiring.get(spec.getDependentResourceClass());
                }
            };
        }
    }
}
