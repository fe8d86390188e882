/** What outlives a worker: input files and where they stand, the ledgers' store, scratch space, files that appear whole or not at all. */
@NullMarked
package io.filejob.storage;

import org.jspecify.annotations.NullMarked;
