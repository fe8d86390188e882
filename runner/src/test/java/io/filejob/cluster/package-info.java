/** Workers that keep their ledgers in ConfigMaps: a real API server, with the rights that workers have. */
@NullMarked
package io.filejob.cluster;

import org.jspecify.annotations.NullMarked;
