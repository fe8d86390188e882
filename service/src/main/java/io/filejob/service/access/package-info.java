/** Authentication of requests, and protection against requests of other web sites. */
@NullMarked
package io.filejob.service.access;

import org.jspecify.annotations.NullMarked;
