/** As much of a Kubernetes client as a worker needs: ConfigMaps, patiently. It starts in a third of a second of CPU. */
@NullMarked
package io.filejob.kube;

import org.jspecify.annotations.NullMarked;
