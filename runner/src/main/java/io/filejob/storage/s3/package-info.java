/** Objects in S3-compatible storage. */
@NullMarked
package io.filejob.storage.s3;

import org.jspecify.annotations.NullMarked;
