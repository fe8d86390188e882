/** Ledgers, listings and results in ConfigMaps. */
@NullMarked
package io.filejob.storage.configmap;

import org.jspecify.annotations.NullMarked;
