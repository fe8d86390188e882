/** From spec and input listing to numbered slices, by arithmetic alone. */
@NullMarked
package io.filejob.plan;

import org.jspecify.annotations.NullMarked;
