/** Values in fields of a FileJob: sizes, quantities, identifiers, locations. */
@NullMarked
package io.filejob.value;

import org.jspecify.annotations.NullMarked;
