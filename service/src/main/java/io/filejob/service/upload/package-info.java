/** Uploaded files: where they are stored, and for how long. */
@NullMarked
package io.filejob.service.upload;

import org.jspecify.annotations.NullMarked;
