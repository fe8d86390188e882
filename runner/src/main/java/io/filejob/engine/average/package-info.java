/** Averaging of numbers in files and of generated numbers. */
@NullMarked
package io.filejob.engine.average;

import org.jspecify.annotations.NullMarked;
