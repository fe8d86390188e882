/** Files and folders of this machine and its volumes, held open while they are used. */
@NullMarked
package io.filejob.storage.local;

import org.jspecify.annotations.NullMarked;
