/** Temporary folders that no other process uses, removed after a crash of their owner. */
@NullMarked
package io.filejob.storage.temporary;

import org.jspecify.annotations.NullMarked;
