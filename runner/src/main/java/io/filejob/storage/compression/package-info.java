/** Unpacks inputs in the formats gzip and zstd. */
@NullMarked
package io.filejob.storage.compression;

import org.jspecify.annotations.NullMarked;
