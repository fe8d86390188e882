/** Processes, signals and file systems of the machine on which tests run. */
@NullMarked
package io.filejob.testing.system;

import org.jspecify.annotations.NullMarked;
