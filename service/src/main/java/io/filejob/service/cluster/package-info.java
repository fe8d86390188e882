/** The host in a cluster: jobs are FileJobs, which are read and written with the callers' own tokens. */
@NullMarked
package io.filejob.service.cluster;

import org.jspecify.annotations.NullMarked;
