/** A provider of identities. */
@NullMarked
package io.filejob.testing.oidc;

import org.jspecify.annotations.NullMarked;
