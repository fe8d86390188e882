/** The parts of a FileJob's spec, each beside its rules. */
@NullMarked
package io.filejob.spec;

import org.jspecify.annotations.NullMarked;
