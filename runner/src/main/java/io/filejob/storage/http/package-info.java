/** Pages that are read by http or https from addresses that are allowed. */
@NullMarked
package io.filejob.storage.http;

import org.jspecify.annotations.NullMarked;
