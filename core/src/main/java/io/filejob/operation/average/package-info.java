/** The exact mean of numbers. */
@NullMarked
package io.filejob.operation.average;

import org.jspecify.annotations.NullMarked;
