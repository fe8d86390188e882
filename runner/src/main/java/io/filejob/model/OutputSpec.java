package io.filejob.model;

import io.fabric8.generator.annotation.Required;

/**
 * Where the result goes as a CSV file, which appears whole or not at all and replaces one of that name.
 *
 * @param uri a path or {@code file:} URI; its folder must be there
 */
public record OutputSpec(@Required String uri) {}
