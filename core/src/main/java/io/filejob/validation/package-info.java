/** Rules as data, and the problems that they find in a manifest. */
@NullMarked
package io.filejob.validation;

import org.jspecify.annotations.NullMarked;
