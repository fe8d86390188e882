/** HTTP servers and relays for tests, from friendly to hostile. */
@NullMarked
package io.filejob.testing.http;

import org.jspecify.annotations.NullMarked;
