package io.filejob.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A test that manipulates processes or files of the node's machine; it runs only on the project's own cluster. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfEnvironmentVariable(
        named = NeedsNode.CLUSTER,
        matches = ".+",
        disabledReason = "it needs the machine of the node, which this one is not: its processes or its files")
@interface NeedsNode {
    /** Returns the script of the project's own cluster, if the tests run on it. */
    String CLUSTER = "FILEJOB_E2E_CLUSTER";
}
