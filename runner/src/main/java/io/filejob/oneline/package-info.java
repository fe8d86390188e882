/** Manifests from short texts of the command line: lists of columns, measures, conditions, names of delimiters. */
@NullMarked
package io.filejob.oneline;

import org.jspecify.annotations.NullMarked;
