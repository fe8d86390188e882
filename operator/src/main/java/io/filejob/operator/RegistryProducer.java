package io.filejob.operator;

import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the registry of all metrics. Quarkus' own has one for each class that injects it. */
final class RegistryProducer {
    @Produces
    @Singleton
    CollectorRegistry registry() {
        return new CollectorRegistry(true);
    }
}
