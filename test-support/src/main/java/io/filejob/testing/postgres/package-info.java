/** Real PostgreSQL servers, and faults on the way to them. */
@NullMarked
package io.filejob.testing.postgres;

import org.jspecify.annotations.NullMarked;
