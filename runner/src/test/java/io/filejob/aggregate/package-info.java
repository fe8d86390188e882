/** Slow, simple oracles for aggregations, and comparisons of the engine with them. */
@NullMarked
package io.filejob.aggregate;

import org.jspecify.annotations.NullMarked;
