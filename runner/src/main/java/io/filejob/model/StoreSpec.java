package io.filejob.model;

import io.fabric8.generator.annotation.Required;

/**
 * Where the ledgers of a local run are kept, so that it can go on where it was.
 *
 * @param uri a folder, as a path or {@code file:} URI; made if it is not there
 */
public record StoreSpec(@Required String uri) {}
