/** The JSON Schema of manifests, and its explanation for people. */
@NullMarked
package io.filejob.schema;

import org.jspecify.annotations.NullMarked;
