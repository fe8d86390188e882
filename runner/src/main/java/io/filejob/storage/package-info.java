/**
 * Storage outside the worker's memory: input files and their locations, the store of ledgers, scratch space, and atomic
 * writes.
 */
@NullMarked
package io.filejob.storage;

import org.jspecify.annotations.NullMarked;
