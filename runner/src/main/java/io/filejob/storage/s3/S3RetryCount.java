package io.filejob.storage.s3;

import io.filejob.metrics.RetriedService;
import io.filejob.metrics.WorkCounters;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts the requests that the client sends again after a failure. Safe to use from any thread. */
final class S3RetryCount implements ExecutionInterceptor {
    /** The SDK refuses a second attribute of the same name, also if another class loader has loaded this class again. */
    private static final ExecutionAttribute<AtomicInteger> SENT =
            new ExecutionAttribute<>("filejob-sent-" + UUID.randomUUID());

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(SENT, new AtomicInteger());
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        AtomicInteger sent = attributes.getAttribute(SENT);
        if (sent != null && sent.getAndIncrement() > 0) {
            WorkCounters.ofProcess().retry(RetriedService.S3);
        }
    }
}
