/** A real S3 server, and a token service that gives access to it. */
@NullMarked
package io.filejob.testing.s3;

import org.jspecify.annotations.NullMarked;
