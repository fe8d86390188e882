/** Names and formats of a job's objects in the cluster, on which workers and operator agree. */
@NullMarked
package io.filejob.cluster;

import org.jspecify.annotations.NullMarked;
