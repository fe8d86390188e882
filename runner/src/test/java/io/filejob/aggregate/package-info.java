/** What an aggregation must give, worked out slowly and plainly, and the engine held against it. */
@NullMarked
package io.filejob.aggregate;

import org.jspecify.annotations.NullMarked;
