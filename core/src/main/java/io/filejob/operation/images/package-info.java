/** Images that the rows of CSV files name, fetched, compressed and stored. */
@NullMarked
package io.filejob.operation.images;

import org.jspecify.annotations.NullMarked;
