/** The status of a FileJob, with the result of its operation. */
@NullMarked
package io.filejob.status;

import org.jspecify.annotations.NullMarked;
