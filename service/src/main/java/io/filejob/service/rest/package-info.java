/** The resources of the REST API. */
@NullMarked
package io.filejob.service.rest;

import org.jspecify.annotations.NullMarked;
