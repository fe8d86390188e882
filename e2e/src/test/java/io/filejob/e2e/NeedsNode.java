package io.filejob.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A test that lays hands on processes or files of the node's machine: not run on a cluster that is not the project's own.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfEnvironmentVariable(
        named = NeedsNode.CLUSTER,
        matches = ".+",
        disabledReason = "it needs the machine of the node, which this one is not: its processes or its files")
@interface NeedsNode {
    /** The script of the project's own cluster, where that is what the tests run on. */
    String CLUSTER = "FILEJOB_E2E_CLUSTER";
}
