/** Storage outside the worker's memory: one entry point for all locations of a spec. */
@NullMarked
package io.filejob.storage;

import org.jspecify.annotations.NullMarked;
