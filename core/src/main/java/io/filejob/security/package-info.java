/** Digests and trust in certificates. */
@NullMarked
package io.filejob.security;

import org.jspecify.annotations.NullMarked;
