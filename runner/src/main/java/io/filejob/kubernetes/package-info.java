/**
 * A minimal Kubernetes client for workers: ConfigMaps, with retries. Its start takes a third of a second of CPU time.
 */
@NullMarked
package io.filejob.kubernetes;

import org.jspecify.annotations.NullMarked;
