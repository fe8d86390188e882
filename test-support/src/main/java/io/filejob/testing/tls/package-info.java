/** Certificates for servers and clients in tests. */
@NullMarked
package io.filejob.testing.tls;

import org.jspecify.annotations.NullMarked;
