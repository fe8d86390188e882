/** The FileJob resource, and the rules between fields of its spec. */
@NullMarked
package io.filejob.api;

import org.jspecify.annotations.NullMarked;
