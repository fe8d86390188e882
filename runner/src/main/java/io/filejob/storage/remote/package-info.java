/** Reading ahead and retries, for all kinds of remote storage. */
@NullMarked
package io.filejob.storage.remote;

import org.jspecify.annotations.NullMarked;
