/** Failures of a job: exit codes, reasons, and the exception that carries them. */
@NullMarked
package io.filejob.failure;

import org.jspecify.annotations.NullMarked;
