/** Errors as HTTP responses (RFC 9457). */
@NullMarked
package io.filejob.service.problem;

import org.jspecify.annotations.NullMarked;
