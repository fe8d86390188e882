/** Fetching of single files, such as images, from strangers' web servers, object storage and volumes. */
@NullMarked
package io.filejob.storage.fetch;

import org.jspecify.annotations.NullMarked;
