/** Files as the engine uses them, whatever the storage: folders, pending files and their identity. */
@NullMarked
package io.filejob.file;

import org.jspecify.annotations.NullMarked;
