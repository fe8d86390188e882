/** The port behind the API and the pages: the jobs of a host. */
@NullMarked
package io.filejob.service.job;

import org.jspecify.annotations.NullMarked;
