/** Reads manifests: JSON or YAML, schema, rules. */
@NullMarked
package io.filejob.manifest;

import org.jspecify.annotations.NullMarked;
