/** A real Kubernetes API server, and faults on the way to it. */
@NullMarked
package io.filejob.testing.kubernetes;

import org.jspecify.annotations.NullMarked;
