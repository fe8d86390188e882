/** The host on one machine: jobs are folders, and run as processes. */
@NullMarked
package io.filejob.service.local;

import org.jspecify.annotations.NullMarked;
