/** The documents: links, generated pages, manifests and commands in them. */
@NullMarked
package io.filejob.docs;

import org.jspecify.annotations.NullMarked;
