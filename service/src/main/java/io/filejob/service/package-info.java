/** The service: a REST API and pages for FileJobs, on this machine or in a cluster. */
@NullMarked
package io.filejob.service;

import org.jspecify.annotations.NullMarked;
