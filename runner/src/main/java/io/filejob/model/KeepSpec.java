package io.filejob.model;

import io.fabric8.generator.annotation.Required;

/**
 * Where generated files are left.
 *
 * @param uri a folder, as a path or {@code file:} URI; made if it is not there
 */
public record KeepSpec(@Required String uri) {}
